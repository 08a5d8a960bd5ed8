import { createHash } from 'node:crypto';

/** The canonical user of the account. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html: without a DisplayName since November 2025 */
export const ownerOf = (accountId: string): { ID: string } => ({
  ID: createHash('sha256').update(`canonical user of ${accountId}`).digest('hex'),
});

/** Who began an upload, which AWS still names. */
export const initiatorOf = (accountId: string): { ID: string; DisplayName: string } => ({
  ...ownerOf(accountId),
  DisplayName: accountId,
});
