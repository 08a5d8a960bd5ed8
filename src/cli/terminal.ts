/** Where a command prints: answers on stdout, everything else on stderr. Colours only where a person looks. */

import { type LiveBlock, liveBlock } from './live-block.ts';

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
  /** Whether lines on stderr can be drawn again. */
  readonly redraws: boolean;
  /** Shows lines that move below everything else, until `end`. One at a time. */
  live(lines: () => readonly string[]): { end(): void };
}

export function createTerminal(
  streams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream },
  environment: NodeJS.ProcessEnv,
): Terminal {
  const isColourful = (stream: NodeJS.WriteStream) => stream.isTTY === true && !environment.NO_COLOR;
  const style = styleOf(isColourful(streams.stderr));
  let block: LiveBlock | undefined;
  const print = (stream: NodeJS.WriteStream, text: string) => {
    const write = () => void stream.write(`${text}\n`);
    if (block) block.above(write);
    else write();
  };
  return {
    answer: (text) => print(streams.stdout, text),
    note: (text) => print(streams.stderr, text),
    answers: styleOf(isColourful(streams.stdout)),
    redraws: streams.stderr.isTTY === true && environment.TERM !== 'dumb',
    live(lines) {
      const opened = liveBlock(streams.stderr, lines, (line, place) =>
        place === 0 ? line : style.dim(line),
      );
      block = opened;
      return {
        end() {
          opened.end();
          block = undefined;
        },
      };
    },
    ...style,
  };
}

function styleOf(colours: boolean): Style {
  const style = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: style(1), dim: style(2), red: style(31), green: style(32), yellow: style(33) };
}
