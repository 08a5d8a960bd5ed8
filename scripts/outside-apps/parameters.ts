/** Values for parameters without a default: anything that fits, as a person would give who only tries the app. */
import { statSync } from 'node:fs';
import { readAssembly, readTemplateFile, type Template } from '../../src/template/index.ts';

export async function sampleParameters(target: string): Promise<Record<string, string>> {
  const templates = statSync(target).isDirectory()
    ? (await readAssembly(target)).stacks.map(({ template }) => template)
    : [await readTemplateFile(target)];
  return Object.assign({}, ...templates.map(samples));
}

const samples = ({ Parameters }: Template): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Parameters)
      .filter(([, { Default }]) => Default === undefined)
      .map(([name, declaration]) => [name, sample(name, declaration)]),
  );

type Declaration = Template['Parameters'][string];

/** By what a parameter is called or said to be; AWS's checks of form are then passed where they can be. */
const byMeaning: readonly (readonly [RegExp, string])[] = [
  [/event ?bus/i, 'default'],
  [/extension.*arn/i, 'arn:aws:lambda:us-east-1:000000000000:layer:example:1'],
  [/bucket.*arn/i, 'arn:aws:s3:::example'],
  [/key.*arn/i, 'arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  [/arn\b/i, 'arn:aws:iam::000000000000:role/example'],
  [/mail/i, 'user@example.com'],
  [/cidr/i, '10.0.0.0/16'],
  [/ur[li]\b/i, 'https://example.com'],
  [/phone|number/i, '+12065550100'],
  [/subnet/i, 'subnet-0123456789abcdef0'],
  [/vpc/i, 'vpc-0123456789abcdef0'],
  [/domain|endpoint/i, 'www.example.com'],
  [/instance ?type/i, 't3.micro'],
  [/volume/i, 'vol-0123456789abcdef0'],
  [/instance id/i, 'i-0123456789abcdef0'],
];
const others = ['example', '10.0.0.0/16', '12', 'Example-1!'];

function sample(name: string, { Type, Description = '', ...limits }: Declaration): string {
  const { AllowedValues, AllowedPattern, MinValue, MinLength = 0 } = limits;
  const [allowed] = AllowedValues ?? [];
  if (allowed !== undefined) return allowed;
  if (Type === 'Number') return String(MinValue ?? 1);
  const about = [name, Description].flatMap((text) =>
    byMeaning.filter(([words]) => words.test(text)).map(([, value]) => value),
  );
  const pattern = AllowedPattern === undefined ? undefined : new RegExp(`^(?:${AllowedPattern})$`);
  const fits = (text: string) => (pattern?.test(text) ?? true) && text.length >= MinLength;
  return [...about, ...others].find(fits) ?? 'example';
}
