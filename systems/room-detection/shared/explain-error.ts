/**
 * Turns whatever was thrown into one sentence for a job record or a log line. AWS's own text is kept, because a
 * denial names principal, action and resource; signatures, tokens and URL queries are taken out.
 */
const longest = 1000;
/** Names that tell the reader nothing that the message does not. */
const ownNames: readonly string[] = ['Error', 'PlanError', 'BadPlanError'];

export function explainError(error: unknown): string {
  const text = error instanceof Error ? named(error) : String(error);
  return shorten(withoutSecrets(text));
}

function named(error: Error): string {
  const message = error.message || 'no further text';
  const generic = ownNames.includes(error.name) || message.startsWith(error.name);
  return generic ? message : `${error.name}: ${message}`;
}

const withoutSecrets = (text: string): string =>
  text
    .replace(/(https?:\/\/[^\s?"']+)\?[^\s"']+/g, '$1')
    .replace(
      /(X-Amz-(?:Signature|Security-Token|Credential)|Authorization|SessionToken)(["']?\s*[=:]\s*)[^\s&,]+/gi,
      '$1$2…',
    );

const shorten = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
