/**
 * AllowedPattern is a Java regular expression that must match the whole value. JavaScript's are close; what they
 * would silently read differently is refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-regexes.html
 */

type Pattern =
  | { readonly ok: true; matches(value: string): boolean }
  | { readonly ok: false; readonly message: string };

/** Escapes that mean something in Java and a plain letter in JavaScript, and class intersection. */
const javaOnly = /(?:^|[^\\])(?:\\\\)*\\[AzZGQEhHRXae]|&&/;

export function compilePattern(pattern: string): Pattern {
  const foreign = javaOnly.exec(pattern);
  const unicode = /\\[pP]\{/.test(pattern);
  try {
    if (foreign === null) {
      const expression = new RegExp(`^(?:${pattern})$`, unicode ? 'u' : '');
      return { ok: true, matches: (value) => expression.test(value) };
    }
  } catch {
    // Falls through to the refusal.
  }
  return {
    ok: false,
    message: `the AllowedPattern ${pattern} uses a construct of Java's regular expressions that Slipway does not support`,
  };
}
