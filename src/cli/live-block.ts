/** A few lines at the end of a terminal that are drawn again as time goes on. What is printed meanwhile goes above them. */

export interface LiveBlock {
  /** Prints above the block. */
  above(print: () => void): void;
  /** Erases it. */
  end(): void;
}

type Screen = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows' | 'on' | 'off'>;

const redrawMs = 150;

/** @param lines what to show now, without styles; a line that is too long for the terminal is cut */
export function liveBlock(
  screen: Screen,
  lines: () => readonly string[],
  style: (line: string, place: number) => string,
): LiveBlock {
  let drawn: readonly string[] = [];
  const erase = () => {
    if (drawn.length === 0) return;
    // A terminal that became narrower has wrapped what was drawn.
    const rows = drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columnsOf(screen))),
      0,
    );
    screen.write(`\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`);
    drawn = [];
  };
  const draw = () => {
    const width = columnsOf(screen) - 1;
    const next = lines()
      .slice(0, Math.max(1, (screen.rows ?? 24) - 1))
      .map((line) => cut(line.replace(/\p{Cc}+/gu, ' '), width));
    erase();
    screen.write(next.map(style).join('\n'));
    drawn = next;
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  screen.on('resize', draw);
  draw();
  return {
    above(print) {
      erase();
      print();
      draw();
    },
    end() {
      clearInterval(timer);
      screen.off('resize', draw);
      erase();
    },
  };
}

/** 0 is what some terminals say who do not know. */
const columnsOf = (screen: Screen): number => screen.columns || 80;

const widthOf = (text: string): number => [...text].length;

const cut = (text: string, width: number): string =>
  widthOf(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;
