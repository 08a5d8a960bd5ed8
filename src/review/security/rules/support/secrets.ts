/**
 * Tells a secret from other text by its known form, or by the name that it is given and how random it looks. Never
 * gives the text back.
 */
interface SecretSign {
  /** What it looks like, as words: `an AWS access key id`. */
  readonly what: string;
  /** The form alone shows that it is a secret; otherwise the name and the randomness do. */
  readonly isSure: boolean;
}

/** Known forms, each from its maker's documentation. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)(?!.*EXAMPLE)[A-Z2-7]{16}\b/, 'an AWS access key id'],
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b/, 'a GitHub token'],
  [/\bgithub_pat_[A-Za-z0-9_]{50,}\b/, 'a GitHub token'],
  [/\bglpat-[A-Za-z0-9_-]{20,}/, 'a GitLab token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/, 'a Slack webhook'],
  [/\bsk_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  [/\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{24,}/, 'an API key of a model provider'],
  [/\bAIza[A-Za-z0-9_-]{35}\b/, 'a Google API key'],
  [/\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/, 'a SendGrid key'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, 'a signed token (JWT)'],
];

/** `scheme://user:password@host`, where the password is written out. */
const connection = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:([^\s@/]+)@[^\s/]+/i;

const isPlaceholder = (text: string) =>
  /^[<[{$%*]|[>\]}]$|\{\{resolve:|^(x+|\*+|changeme|change-me|none|null|undefined|true|false|todo|tbd|default|example|dummy|placeholder|your[-_].*|password|secret|token)$/i.test(
    text.trim(),
  );

/** Names at whose end the thing itself is meant: `DB_PASSWORD`, `apiKey`; not `SECRET_NAME` or `TOKEN_TTL`. */
const passwordName = /(^|[^a-z])(pass(word|wd|phrase)?|pwd)$/i;
const passwordCamel = /(Password|Passwd|Passphrase)$/;
const keyName =
  /(secret|token|api[_-]?key|private[_-]?key|access[_-]?key|auth[_-]?key|credentials?|signing[_-]?key|encryption[_-]?key)$/i;

/** Bits a character, by how often each occurs. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** A reference to a thing, an address, a path, a number: what a name ending in `secret` may well hold. */
const isReference = (text: string) =>
  /\{[A-Za-z0-9._-]+\/[A-Za-z0-9]+\}|^arn:|^https?:\/\/|^\/|^\d+(\.\d+)?$|\{\{resolve:|\.amazonaws\.com/.test(
    text,
  );

/** Random enough for a key: assumed limit of 3 bits a character over 16 characters, with digits and letters. */
const looksRandom = (text: string) =>
  text.length >= 16 && !/\s/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && entropy(text) > 3;

export function formOf(text: string): SecretSign | undefined {
  for (const [form, what] of forms) if (form.test(text)) return { what, isSure: true };
  const password = connection.exec(text)?.[1];
  if (password !== undefined && !isPlaceholder(password) && !isReference(password))
    return { what: 'a connection string with its password', isSure: true };
  return undefined;
}

/** @param name of the variable, output or parameter. */
export function secretSign(name: string, text: string): SecretSign | undefined {
  const form = formOf(text);
  if (form !== undefined) return form;
  if (isReference(text) || isPlaceholder(text)) return undefined;
  const isPassword = passwordName.test(name) || passwordCamel.test(name);
  if (isPassword && text.length >= 4 && !/\s/.test(text)) return { what: 'a password', isSure: false };
  if (keyName.test(name) && looksRandom(text)) return { what: 'a key or token', isSure: false };
  return undefined;
}

/** A secret that CloudFormation fetches and then leaves in the open where it is put. */
export const fetchedSecret = (text: string): boolean => /\{\{resolve:(secretsmanager|ssm-secure):/.test(text);
