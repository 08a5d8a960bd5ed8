/** Which apps a checked-out repository has: every folder with a cdk.json, and every template outside of those. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseDocument } from 'yaml';

export type Kind = 'typescript' | 'python' | 'java' | 'go' | 'dotnet' | 'other' | 'template' | 'sam';

export interface OutsideApp {
  readonly repository: string;
  /** The folder with cdk.json, or the template file, inside the repository. */
  readonly name: string;
  readonly kind: Kind;
  /** Absolute: the folder with cdk.json, or the template file. */
  readonly source: string;
}

const skipped = new Set(['node_modules', '.git', '.venv', 'cdk.out', 'botocore']);

export function findApps(repository: string, root: string): OutsideApp[] {
  const apps: OutsideApp[] = [];
  const add = (source: string, kind: Kind) =>
    apps.push({ repository, name: relative(root, source).split(sep).join('/'), kind, source });
  const visit = (folder: string, insideApp: boolean) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const isApp = entries.some(({ name }) => name === 'cdk.json');
    if (isApp) add(folder, languageOf(readFileSync(join(folder, 'cdk.json'), 'utf8')));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(path, insideApp || isApp);
      else if (entry.isFile() && !insideApp && !isApp) {
        const kind = templateKind(path);
        if (kind) add(path, kind);
      }
    }
  };
  visit(root, false);
  return apps.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function languageOf(cdkJson: string): Kind {
  const command = /"app"\s*:\s*"([^"]*)"/.exec(cdkJson)?.[1] ?? '';
  if (/python|\.py\b/.test(command)) return 'python';
  if (/ts-node|tsx|\.ts\b|\bnode\b/.test(command)) return 'typescript';
  if (/mvn|gradle/.test(command)) return 'java';
  if (/\bgo\b/.test(command)) return 'go';
  return /dotnet/.test(command) ? 'dotnet' : 'other';
}

/** Of a file that is a CloudFormation template: whether SAM has to rewrite it first. */
function templateKind(path: string): 'template' | 'sam' | undefined {
  if (!/\.(ya?ml|json|template)$/.test(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  if (!/\bResources\b/.test(text) || text.length > 2_000_000) return undefined;
  let read: unknown;
  try {
    read = parseDocument(text, { logLevel: 'silent' }).toJS();
  } catch {
    return undefined;
  }
  const template = record(read);
  const resources = Object.values(record(template.Resources)).map((one) => record(one).Type);
  if (resources.length === 0 || !resources.every((type) => typeof type === 'string')) return undefined;
  const transforms = JSON.stringify(template.Transform ?? '');
  const isSam =
    transforms.includes('Serverless') || resources.some((type) => `${type}`.startsWith('AWS::Serverless'));
  return isSam ? 'sam' : 'template';
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
