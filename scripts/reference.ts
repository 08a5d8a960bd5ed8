/**
 * The pages of docs/reference, written from the code: what is supported, and by that what is refused.
 * `--check` compares instead of writing and names the command to run.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { help } from '../src/cli/command.ts';
import { commands } from '../src/cli/commands/index.ts';
import { errorCodes } from '../src/core/errors.ts';
import { eventKinds } from '../src/core/events.ts';
import { usageUnits } from '../src/core/usage.ts';
import { startCloud } from '../src/local/cloud.ts';
import { keptClasses } from '../src/local/kept/classes.ts';
import { keptTypeClasses } from '../src/local/kept/types.ts';
import { services } from '../src/local/services/registry.ts';
import { pricesPage, rulesPage } from './reference-review.ts';

const folder = join(process.cwd(), 'docs', 'reference');
const header = '<!-- Written by npm run docs. Do not edit. -->\n\n';

const state = mkdtempSync(join(tmpdir(), 'slipway-reference-'));
const cloud = await startCloud({ stateDirectory: state, port: 0 });
const loaded = await Promise.all(services.map((entry) => cloud.load(entry.id)));
loaded.sort((a, b) => a.entry.id.localeCompare(b.entry.id));

const operations = [
  header,
  '# Operations of the local cloud\n\n',
  'An operation or parameter that is not listed is refused by name. "All" means every parameter of the SDK\'s model.\n',
  ...loaded
    .filter(({ service }) => service.operations.length > 0)
    .map(({ entry, service, schema }) => {
      const rows = [...service.operations]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((operation) => {
          const members = schema.operations.get(operation.name)?.input.members.map((m) => m.name) ?? [];
          const accepted: readonly string[] = operation.accepts === 'all' ? members : operation.accepts;
          const refused = members.filter((name) => !accepted.includes(name));
          return `| ${operation.name} | ${refused.length === 0 ? 'all' : accepted.join(', ') || 'none'} | ${refused.join(', ')} |`;
        });
      return `\n## ${entry.id}\n\n${service.operations.length} of the ${schema.operations.size} operations in the SDK's model. Protocols: ${entry.protocols.join(', ')}.\n\n| operation | parameters honoured | refused by name |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
    }),
].join('');

const types = loaded
  .flatMap(({ service }) => service.resourceTypes ?? [])
  .sort((a, b) => a.type.localeCompare(b.type));
const resourceTypes = [
  header,
  '# CloudFormation resource types\n\n',
  '`live` does what it does on AWS. `inert` keeps its properties and answers realistic attributes, because nothing local depends on it; so do the kept types below the table. A type that is not listed fails the stack, naming type and logical id; so does a property in neither column.\n\n',
  '| type | mode | properties honoured | kept without effect |\n| --- | --- | --- | --- |\n',
  ...types.map((t) => {
    const kept = Object.keys(t.kept ?? {});
    return `| ${t.type} | ${t.mode}${t.because ? `: ${t.because}` : ''} | ${t.honoured.join(', ')} | ${kept.join(', ')} |\n`;
  }),
  '\nWhy the kept ones change nothing here:\n\n',
  ...types
    .filter((t) => t.mode === 'live')
    .flatMap((t) => Object.entries(t.kept ?? {}).map(([name, reason]) => `- ${t.type} ${name}: ${reason}\n`)),
  '\n## Kept, not run\n\n',
  "They are held to AWS's schema, named, updated, replaced and deleted by it, with every property; what they do on AWS does not take place here. A call that asks for it is refused by name.\n\n",
  '| why nothing here depends on it | what is seen of it on AWS only | types |\n| --- | --- | --- |\n',
  ...Object.entries(keptClasses).map(([name, { because, effects }]) => {
    const types = [...keptTypeClasses].filter(([, of]) => of === name).map(([type]) => type);
    return `| ${because} | ${effects} | ${types.join(', ')} |\n`;
  }),
].join('');

const errors = [
  header,
  '# Errors\n\n| code | meaning |\n| --- | --- |\n',
  ...Object.entries(errorCodes).map(([code, meaning]) => `| ${code} | ${meaning} |\n`),
].join('');

const events = [
  header,
  '# Events\n\n',
  'What happens in the local cloud and while an app is deployed. `slipway events` reads those of the local cloud, also later and after a restart; `slipway up` and `slipway local` show warnings and errors as they happen.\n\n',
  '| event | severity | meaning |\n| --- | --- | --- |\n',
  ...Object.entries(eventKinds).map(
    ([name, { severity, meaning }]) => `| ${name} | ${severity} | ${meaning} |\n`,
  ),
].join('');

const usage = [
  header,
  '# What the local cloud meters\n\n',
  "In AWS's billing units, by resource and hour; `slipway bill` prices it. The calls of every service's API are counted besides, as `requests:<Operation>`.\n\n",
  '| service | counted | unit |\n| --- | --- | --- |\n',
  ...Object.entries(usageUnits).flatMap(([service, units]) =>
    Object.entries(units).map(([name, unit]) => `| ${service} | ${name} | ${unit} |\n`),
  ),
].join('');

const commandPage = [
  header,
  '# Commands\n',
  ...commands.map((command) => `\n\`\`\`\n${help(command)}\`\`\`\n`),
].join('');

await cloud.close();
rmSync(state, { recursive: true, force: true });

const pages: Readonly<Record<string, string>> = {
  'operations.md': operations,
  'resource-types.md': resourceTypes,
  'errors.md': errors,
  'events.md': events,
  'usage.md': usage,
  'commands.md': commandPage,
  'review-rules.md': rulesPage(header),
  'prices.md': pricesPage(header),
};
const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });
let stale = 0;
for (const [name, text] of Object.entries(pages)) {
  const file = join(folder, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    console.error(`docs/reference/${name} is out of date: run npm run docs`);
    stale++;
  } else writeFileSync(file, text);
}
process.exit(stale > 0 ? 1 : 0);
