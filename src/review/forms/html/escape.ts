/** Markup whose values are escaped: `html` marks what is already safe, everything else becomes text. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | undefined | false | readonly Part[];

export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const rendered = (part: Part): string =>
  part === undefined || part === false
    ? ''
    : part instanceof Markup
      ? part.text
      : Array.isArray(part)
        ? part.map(rendered).join('')
        : escapeText(String(part));

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.reduce((text, string, index) => `${text}${rendered(parts[index - 1])}${string}`));

/** Text that is markup already, such as a drawing. */
export const raw = (text: string): Markup => new Markup(text);
