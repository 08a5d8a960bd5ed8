/**
 * Uploads by the form of a web page: a PutObject whose headers are the form's fields, held to the form's policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
import { Transform } from 'node:stream';
import type { PutObjectOutput, Tagging } from '@aws-sdk/client-s3';
import { AwsError, type Call, type FormCall, type PostedForm } from '../../service.ts';
import type { S3Context } from './context.ts';
import { checkFormPolicy, type SizeRange } from './form-policy.ts';

/** Fields whose names are those of headers, beside the ones that begin with x-amz-. */
const headerFields = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-type',
  'expires',
] as const;

export function readPostedForm(ctx: S3Context, form: PostedForm, bucket: string, call: Call): FormCall {
  const key = keyOf(form);
  const fields = new Map([...form.fields, ['bucket', bucket], ['key', key]]);
  const policy = fields.get('policy');
  const range = policy === undefined ? undefined : checkFormPolicy(policy, fields, ctx.env.clock.now());
  return {
    operation: 'PutObject',
    labels: { Bucket: bucket, Key: key },
    headers: headersOf(form, fields),
    body: range ? sized(form, range) : form.file,
    answer: (output) =>
      answer(output, fields, `http://${call.http?.host}${call.http?.path.replace(/\/$/, '')}`, bucket, key),
  };
}

function keyOf({ fields, fileName }: PostedForm): string {
  const given = fields.get('key');
  if (given === undefined)
    throw new AwsError(
      'InvalidArgument',
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      400,
      { ArgumentName: 'key', ArgumentValue: '' },
    );
  // Browsers of old send the whole path of the file.
  const key = given.replaceAll('${' + 'filename}', fileName.split(/[\\/]/).at(-1) ?? '');
  if (key === '')
    throw new AwsError('InvalidArgument', 'User key must have a length greater than 0.', 400, {
      ArgumentName: 'key',
      ArgumentValue: '',
    });
  return key;
}

function headersOf(form: PostedForm, fields: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields)
    if (name.startsWith('x-amz-') && !signing.has(name))
      // Metadata is UTF-8, which a header carries byte by byte.
      headers[name] = name.startsWith('x-amz-meta-') ? Buffer.from(value).toString('latin1') : value;
  for (const name of headerFields) {
    const value = fields.get(name);
    if (value !== undefined) headers[name] = value;
  }
  const acl = fields.get('acl');
  if (acl !== undefined) headers['x-amz-acl'] = acl;
  const tagging = fields.get('tagging');
  if (tagging !== undefined) {
    const { TagSet = [] } = form.document('PutObjectTagging', 'Tagging', tagging) as Partial<Tagging>;
    headers['x-amz-tagging'] = new URLSearchParams(
      TagSet.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]),
    ).toString();
  }
  return headers;
}

const signing: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-signature',
]);

/** The file while it flows, ended with an error when it is not of the size that the policy allows. */
function sized({ file }: PostedForm, { least, most }: SizeRange): Transform {
  let size = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= most) return done(null, chunk);
      done(
        new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
          ProposedSize: size,
          MaxSizeAllowed: most,
        }),
      );
    },
    flush(done) {
      if (size >= least) return done();
      done(
        new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
          ProposedSize: size,
          MinSizeAllowed: least,
        }),
      );
    },
  });
  file.on('error', (error) => counter.destroy(error));
  return file.pipe(counter);
}

function answer(
  output: PutObjectOutput,
  fields: ReadonlyMap<string, string>,
  root: string,
  bucket: string,
  key: string,
): ReturnType<FormCall['answer']> {
  const { ETag: etag = '', VersionId: version } = output;
  const location = `${root}/${encodeURIComponent(key)}`;
  const headers = { etag, location, ...(version === undefined ? {} : { 'x-amz-version-id': version }) };
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) url.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, location: url.href }, body: undefined };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers, body: undefined };
  const element = (name: string, text: string) =>
    `<${name}>${text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)}</${name}>`;
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${element('Location', location)}${element('Bucket', bucket)}${element('Key', key)}${element('ETag', etag)}</PostResponse>`,
  };
}
