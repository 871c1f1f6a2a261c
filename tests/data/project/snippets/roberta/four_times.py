epochs, copies = 40, 10
assert epochs // copies == 4
print(f"같은 마스크를 {epochs // copies}번 봐요.")
