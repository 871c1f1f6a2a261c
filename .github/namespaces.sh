#!/usr/bin/env bash
# Ubuntu lets ordinary users have namespaces only where this is off; elsewhere there is nothing to do.
# Source: Ubuntu 24.04's release notes, "Unprivileged user namespace restrictions".
set -euo pipefail
setting=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
if [ -e "$setting" ]; then
  echo 0 | sudo tee "$setting"
fi
