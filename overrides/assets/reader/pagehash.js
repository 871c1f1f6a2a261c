// The hashes of runs of words, as papernotes/fingerprint/pagehash.py makes them. Web Crypto has no
// BLAKE2, so it stands here (RFC 7693), in halves of 32 bits: the low one is first.

const DIGEST = 5; // bytes
const BLOCK = 128; // bytes

const IV = Uint32Array.of(
  ...[0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a],
  ...[0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19],
);
const SIGMA = (
  "0123456789abcdef ea489fd61c02b753 b8c052fdae367194 7931dcbe265a40f8 905724afe1bc683d " +
  "2c6a0b834d75fe19 c51fed4a0763928b db7ec13950f4862a 6fe9b308c2d714a5 a2847615fb9e3cd0 " +
  "0123456789abcdef ea489fd61c02b753"
)
  .split(" ")
  .map((row) => [...row].map((digit) => 2 * Number.parseInt(digit, 16)));
const MIXED = [0x048c, 0x159d, 0x26ae, 0x37bf, 0x05af, 0x16bc, 0x278d, 0x349e].map((row) =>
  [12, 8, 4, 0].map((shift) => 2 * ((row >> shift) & 15)),
);

const state = new Uint32Array(16);
const v = new Uint32Array(32);
const m = new Uint32Array(BLOCK / 4);
const bytes = new Uint8Array(m.buffer);
const encoder = new TextEncoder();

/**
 * Add to the word at `a` the one at `b` and a word of the message.
 *
 * @param {number} a
 * @param {number} b
 * @param {number} at
 */
function add(a, b, at) {
  const low = v[a] + v[b] + m[at];
  v[a + 1] += v[b + 1] + m[at + 1] + Math.floor(low / 2 ** 32);
  v[a] = low;
}

/**
 * Set the word at `to` to its exclusive or with the one at `from`, turned right.
 *
 * @param {number} to
 * @param {number} from
 * @param {number} bits
 */
function turn(to, from, bits) {
  let low = v[to] ^ v[from];
  let high = v[to + 1] ^ v[from + 1];
  if (bits >= 32) [low, high] = [high, low];
  const by = bits % 32;
  v[to] = by ? (low >>> by) | (high << (32 - by)) : low;
  v[to + 1] = by ? (high >>> by) | (low << (32 - by)) : high;
}

/**
 * @param {number} length - Of the message up to this block, in bytes
 * @param {boolean} isLast
 */
function compress(length, isLast) {
  v.set(state);
  v.set(IV, 16);
  v[24] ^= length;
  if (isLast) {
    v[28] ^= -1;
    v[29] ^= -1;
  }
  for (const order of SIGMA) {
    for (let i = 0; i < 8; i++) {
      const [a, b, c, d] = MIXED[i];
      add(a, b, order[2 * i]);
      turn(d, a, 32);
      sum(c, d);
      turn(b, c, 24);
      add(a, b, order[2 * i + 1]);
      turn(d, a, 16);
      sum(c, d);
      turn(b, c, 63);
    }
  }
  for (let i = 0; i < 16; i++) state[i] ^= v[i] ^ v[i + 16];
}

/**
 * @param {number} a
 * @param {number} b
 */
function sum(a, b) {
  const low = v[a] + v[b];
  v[a + 1] += v[b + 1] + (low >= 2 ** 32 ? 1 : 0);
  v[a] = low;
}

/**
 * The 40 bits of words in a row, joined by spaces: `run_hash`.
 *
 * @param {string} run
 */
export function runHash(run) {
  const message = encoder.encode(run);
  state.set(IV);
  state[0] ^= 0x01010000 ^ DIGEST;
  let at = 0;
  do {
    m.fill(0);
    bytes.set(message.subarray(at, at + BLOCK));
    at += BLOCK;
    compress(Math.min(at, message.length), at >= message.length);
  } while (at < message.length);
  return (state[1] & 0xff) * 2 ** 32 + state[0];
}

/**
 * The 16 bits of a hash that say that a page has the run.
 *
 * @param {number} hash
 */
export const seen = (hash) => hash % 2 ** 16;

/**
 * The other 24.
 *
 * @param {number} hash
 */
export const guard = (hash) => Math.floor(hash / 2 ** 16);
