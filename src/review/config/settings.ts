/** Reads a YAML file of settings, and says of everything wrong in it on which line it stands. */
import { LineCounter, type Node, parseDocument } from 'yaml';

export interface SettingsProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

type Path = readonly (string | number)[];

export class Settings {
  readonly #problems: SettingsProblem[] = [];
  readonly #document: ReturnType<typeof parseDocument>;
  readonly #lines = new LineCounter();
  readonly #values: unknown;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const error of this.#document.errors)
      this.#problems.push({ line: this.#lines.linePos(error.pos[0]).line, message: error.message });
    const values: unknown = this.#problems.length === 0 ? this.#document.toJS() : undefined;
    this.#values = values ?? undefined;
  }

  /** In the file's order. */
  get problems(): readonly SettingsProblem[] {
    return [...this.#problems].sort((a, b) => a.line - b.line);
  }

  problem(path: Path, message: string): void {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    const offset = (node as Node | null | undefined)?.range?.[0] ?? 0;
    const name = path.join('.');
    this.#problems.push({
      line: this.#lines.linePos(offset).line,
      message: name === '' ? message : `${name}: ${message}`,
    });
  }

  value(path: Path): unknown {
    let here: unknown = this.#values;
    for (const key of path)
      here = isMap(here) || Array.isArray(here) ? (here as Record<string | number, unknown>)[key] : undefined;
    return here ?? undefined;
  }

  /** The keys below a path; refuses a value that has none. */
  keys(path: Path): readonly string[] {
    const value = this.value(path);
    if (value === undefined) return [];
    if (isMap(value)) return Object.keys(value);
    this.problem(path, `expected settings by name, got ${shown(value)}`);
    return [];
  }

  /** Refuses every key below a path that is not one of these. */
  only(path: Path, allowed: readonly string[]): void {
    for (const key of this.keys(path))
      if (!allowed.includes(key))
        this.problem([...path, key], `is not a setting; here are ${allowed.join(', ')}`);
  }

  choice<const Choice extends string>(path: Path, choices: readonly Choice[]): Choice | undefined {
    const value = this.value(path);
    const found = choices.find((choice) => choice === String(value));
    if (value !== undefined && found === undefined)
      this.problem(path, `expected one of ${choices.join(', ')}, got ${shown(value)}`);
    return found;
  }

  flag(path: Path): boolean | undefined {
    const value = this.value(path);
    if (value === undefined || typeof value === 'boolean') return value;
    this.problem(path, `expected true or false, got ${shown(value)}`);
    return undefined;
  }

  /** 0 or more. */
  number(path: Path): number | undefined {
    const value = this.value(path);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
    this.problem(path, `expected a number of 0 or more, got ${shown(value)}`);
    return undefined;
  }

  /** `90s`, `15m`, `1h`, `2d`; in seconds. */
  duration(path: Path): number | undefined {
    const value = this.value(path);
    if (value === undefined) return undefined;
    const seconds = typeof value === 'string' ? secondsOf(value) : undefined;
    if (seconds === undefined)
      this.problem(path, `expected a duration such as 90s, 15m, 1h or 2d, got ${shown(value)}`);
    return seconds;
  }

  /** A duration, or a range of two: `15m - 1h`. */
  span(path: Path): { readonly min: number; readonly max: number } | undefined {
    const value = this.value(path);
    if (value === undefined) return undefined;
    const [min, max = min, ...more] = String(value)
      .split(/\s+-\s+/)
      .map((part) => secondsOf(part));
    if (min !== undefined && max !== undefined && more.length === 0 && min <= max) return { min, max };
    this.problem(path, `expected a duration or a range such as 15m - 1h, got ${shown(value)}`);
    return undefined;
  }

  texts<const Choice extends string>(path: Path, choices: readonly Choice[]): readonly Choice[] | undefined {
    const value = this.value(path);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      this.problem(path, `expected a list, got ${shown(value)}`);
      return undefined;
    }
    return value.flatMap((_, index) => this.choice([...path, index], choices) ?? []);
  }
}

const unit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(text: string): number | undefined {
  const [, number = '', letter = ''] = /^\s*(\d+(?:\.\d+)?)\s*([smhd])\s*$/.exec(text) ?? [];
  const seconds = unit[letter];
  return seconds === undefined ? undefined : Number(number) * seconds;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);
