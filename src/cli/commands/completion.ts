import { SlipwayError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { candidates } from '../completion/candidates.ts';
import { scripts, shells } from '../completion/scripts.ts';

/** What the scripts ask; not for people, so that the help does not name it. */
const ask = 'candidates';

/** @param commands every command, this one included */
export const completionOf = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  summary: 'Print what makes the Tab key complete commands, options and the names of a running cloud.',
  usage: shells.join('|'),
  details:
    'bash, in ~/.bashrc:                 source <(slipway completion bash)\nzsh, in ~/.zshrc after compinit:    source <(slipway completion zsh)\nfish:                               slipway completion fish > ~/.config/fish/completions/slipway.fish\n\nWhere Slipway is a dependency of a project, put its programs on the path first: PATH=$PWD/node_modules/.bin:$PATH',
  options: {},
  positionals: { min: 1, max: 1000, values: [{ oneOf: [...shells, ask] }, undefined] },
  async run({ positionals }, terminal) {
    const [first, ...words] = positionals;
    if (first === ask) {
      for (const line of await candidates(words, commands())) terminal.answer(line);
      return 0;
    }
    const shell = shells.find((one) => one === first);
    if (!shell || words.length > 0)
      throw new SlipwayError('cli.usage', `completion takes one shell, got ${positionals.join(' ')}`);
    terminal.answer(scripts[shell]);
    return 0;
  },
});
