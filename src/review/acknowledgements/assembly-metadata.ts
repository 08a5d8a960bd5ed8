/**
 * What an app acknowledged by `Validations.of(construct).acknowledge(…)`: the CDK keeps it in the assembly, by construct
 * path, and not in the template. An assembly without such metadata, or one that cannot be read, has none.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Architecture } from '../../architecture/index.ts';

interface AssemblyAcknowledgement {
  /** Without the leading slash. */
  readonly path: string;
  /** Without the CDK's prefix: `AwsSolutions-S1`, `W2508`. */
  readonly rule: string;
  readonly reason: string;
}

const metadataType = 'aws:cdk:acknowledged-rules';

export function assemblyAcknowledgements(app: Architecture): AssemblyAcknowledgement[] {
  const folders = new Set(
    app.stacks.flatMap(({ templateFile }) => (templateFile === undefined ? [] : dirname(templateFile))),
  );
  return [...folders].flatMap((folder) => {
    const artifacts = Object.values(fields(fields(readJson(join(folder, 'manifest.json'))).artifacts));
    return artifacts.flatMap((artifact) => {
      const { metadata, additionalMetadataFile } = fields(artifact);
      const extra =
        typeof additionalMetadataFile === 'string'
          ? readJson(join(folder, additionalMetadataFile))
          : undefined;
      return [metadata, extra].flatMap(ofMetadata);
    });
  });
}

const ofMetadata = (metadata: unknown): AssemblyAcknowledgement[] =>
  Object.entries(fields(metadata)).flatMap(([path, entries]) =>
    (Array.isArray(entries) ? entries : []).flatMap((entry) => {
      const { type, data } = fields(entry);
      if (type !== metadataType) return [];
      return Object.entries(fields(data)).map(([id, reason]) => ({
        path: path.replace(/^\//, ''),
        // `Annotation::` before 2.262.1 in lower case; `CloudFormation-Validate::` for its own check of templates.
        rule: id.replace(/^(annotation|cloudformation-validate)::/i, ''),
        reason: String(reason),
      }));
    }),
  );

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
