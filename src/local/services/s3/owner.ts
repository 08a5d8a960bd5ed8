import { createHash } from 'node:crypto';

/** The canonical user of the account. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html: without a DisplayName since November 2025 */
export const ownerOf = (accountId: string): { ID: string } => ({ ID: canonicalIdOf(accountId) });

/** Asked for in every write of an object. */
let last = { accountId: '', id: '' };

function canonicalIdOf(accountId: string): string {
  if (last.accountId !== accountId)
    last = {
      accountId,
      id: createHash('sha256').update(`canonical user of ${accountId}`).digest('hex'),
    };
  return last.id;
}

/** Who began an upload, which AWS still names. */
export const initiatorOf = (accountId: string): { ID: string; DisplayName: string } => ({
  ...ownerOf(accountId),
  DisplayName: accountId,
});
