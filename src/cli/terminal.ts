/** Where a command prints: answers on stdout, everything else on stderr. Colours only where a person looks. */

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

export interface Terminal extends Style {
  /** The answer: may be piped. */
  answer(text: string): void;
  /** Progress and remarks. */
  note(text: string): void;
  /** For what goes to stdout: its own emphasis is stderr's. */
  readonly answers: Style;
}

export function createTerminal(
  streams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream },
  environment: NodeJS.ProcessEnv,
): Terminal {
  const isColourful = (stream: NodeJS.WriteStream) => stream.isTTY === true && !environment.NO_COLOR;
  return {
    answer: (text) => void streams.stdout.write(`${text}\n`),
    note: (text) => void streams.stderr.write(`${text}\n`),
    answers: styleOf(isColourful(streams.stdout)),
    ...styleOf(isColourful(streams.stderr)),
  };
}

function styleOf(colours: boolean): Style {
  const style = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: style(1), dim: style(2), red: style(31), green: style(32), yellow: style(33) };
}
