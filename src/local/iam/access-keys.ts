/**
 * Ids of access keys. As AWS's, they carry the account: AKIA or ASIA, and in base 32 a bit that is set, forty bits of
 * the account, and random ones. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const randomBits = 39n;
/** In base 32. */
const length = 16;

/** @param randomHex at least ten digits */
export function accessKeyId(prefix: 'AKIA' | 'ASIA', accountId: string, randomHex: string): string {
  const random = BigInt(`0x${randomHex.slice(0, 10)}`) & ((1n << randomBits) - 1n);
  let rest = (1n << 79n) | (BigInt(accountId) << randomBits) | random;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = `${alphabet[Number(rest & 31n)]}${text}`;
    rest >>= 5n;
  }
  return `${prefix}${text}`;
}

/** Undefined for an id that does not carry one. */
export function accountOfKey(id: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(id)) return undefined;
  let value = 0n;
  for (const letter of id.slice(4)) value = (value << 5n) | BigInt(alphabet.indexOf(letter));
  const account = (value >> randomBits) & ((1n << 40n) - 1n);
  return account < 1_000_000_000_000n ? String(account).padStart(12, '0') : undefined;
}
