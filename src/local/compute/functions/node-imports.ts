/**
 * The packages that a Node.js function would look for in vain, found without running any of it. The files of the bundle
 * are followed from the handler on. Most of the time a search for the names is enough; a file is parsed only when
 * something in it is missing, to tell what surely runs from what a condition, a function or a try may skip.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'acorn';

interface NodeBundle {
  readonly task: string;
  /** Folders of layers, as they will be under /opt. */
  readonly layers: readonly string[];
  readonly handler: string;
  /** The major version of the runtime. */
  readonly version: string;
}

export interface MissingModule {
  readonly module: string;
  /** In the bundle. */
  readonly file: string;
  readonly line: number;
  /** Of a compiled module: a file that is there, for another version or system. */
  readonly built?: string;
}

export interface BundleImports {
  readonly missing: readonly MissingModule[];
  /** Only asked for in a function, under a condition or in a try. */
  readonly lazy: readonly MissingModule[];
  /** Packages that the runtime brings along. */
  readonly brought: readonly string[];
  readonly wrong: readonly string[];
}

const builtins = new Set(builtinModules);
/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html */
const isBrought = (name: string) => /^@(aws-sdk|smithy)\//.test(name);

const specifier = String.raw`["']([^"'\s\\]+)["']`;
const imports = new RegExp(
  String.raw`\b(?:require\s*\(\s*${specifier}|import\s*\(\s*${specifier}|(?:from|import)\s*${specifier})`,
  'g',
);

export function nodeImports({ task, layers, handler, version }: NodeBundle): BundleImports {
  const missing = new Map<string, MissingModule>();
  const lazy = new Map<string, MissingModule>();
  const brought = new Set<string>();
  const seen = new Set<string>();
  const packages = new Set<string>();
  const shared = layers.flatMap((layer) => [
    join(layer, 'nodejs', `node${version}`, 'node_modules'),
    join(layer, 'nodejs', 'node_modules'),
  ]);

  const stem = join(dirname(handler), /^([^.]*)/.exec(basename(handler))?.[1] ?? '');
  const first = ['.js', '.mjs', '.cjs'].map((ending) => resolve(task, `${stem}${ending}`)).find(isFile);
  if (first === undefined) {
    const wrong = [`Cannot find module '${stem}': the bundle has no file of the handler ${handler}`];
    return { missing: [], lazy: [], brought: [], wrong };
  }

  const queue = [first];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !/\.[cm]?js$/.test(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    let sure: ReadonlyMap<string, number> | undefined;
    for (const [, required, asked, imported] of text.matchAll(imports)) {
      const name = required ?? asked ?? imported ?? '';
      if (builtins.has(name) || name.startsWith('node:') || name.startsWith('#')) continue;
      if (/^\.\.?(\/|$)/.test(name)) {
        const next = fileAt(resolve(dirname(file), name));
        if (next !== undefined && !next.includes(`${sep}node_modules${sep}`)) queue.push(next);
        continue;
      }
      const found = packageName(name);
      if (found === undefined) continue;
      const folder = packageFolder(found, file);
      if (folder !== undefined) {
        peers(found, folder);
        continue;
      }
      if (isBrought(found) && brought.has(found)) continue;
      sure ??= mentions(text);
      const line = sure.get(name);
      if (isBrought(found)) {
        if (line !== undefined) brought.add(found);
      } else if (line !== undefined) {
        const told = { module: found, file: relative(task, file), line: Math.abs(line) };
        (line > 0 ? missing : lazy).set(found, told);
      }
    }
  }
  return {
    missing: [...missing.values()],
    lazy: [...lazy.values()].filter(({ module }) => !missing.has(module)),
    brought: [...brought].sort(),
    wrong: [],
  };

  function packageFolder(name: string, from: string): string | undefined {
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      const path = join(folder, 'node_modules', name);
      if (existsSync(path)) return path;
      if (folder === task || folder === dirname(folder)) break;
    }
    // NODE_PATH, which holds for require alone, names the bundle itself as well.
    return [...shared, task].map((folder) => join(folder, name)).find((path) => existsSync(path));
  }

  /** What a package of the bundle expects to find beside it of what Lambda brings along. */
  function peers(name: string, folder: string): void {
    if (packages.has(name)) return;
    packages.add(name);
    const file = join(folder, 'package.json');
    if (!isFile(file)) return;
    const { dependencies = {}, peerDependencies = {} } = readManifest(file);
    for (const other of Object.keys({ ...dependencies, ...peerDependencies })) {
      const there = packageFolder(other, file);
      if (there !== undefined) peers(other, there);
      else if (isBrought(other) && !optional(file, other)) brought.add(other);
    }
  }
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

const optional = (file: string, name: string) =>
  readManifest(file).peerDependenciesMeta?.[name]?.optional === true;

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const fileAt = (path: string): string | undefined =>
  ['', '.js', '.cjs', '.mjs', '/index.js', '/index.cjs', '/index.mjs']
    .map((ending) => `${path}${ending}`)
    .find(isFile);

const packageName = (name: string): string | undefined =>
  /^((?:@[\w.~-]+\/)?[\w.~-]+)(?:\/|$)/.exec(name)?.[1];

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** Whether what is below a node may not run when the module is loaded. */
const skips =
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|IfStatement|ConditionalExpression|LogicalExpression|SwitchStatement|PropertyDefinition)$/;

/** The modules that a file asks for, with their lines: negative where the request may not run, or may fail. */
function mentions(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const note = (name: unknown, at: number, sure: boolean) => {
    if (typeof name !== 'string' || (found.get(name) ?? 0) > 0) return;
    found.set(name, sure ? lineOf(at) : -lineOf(at));
  };
  const visit = (node: SyntaxNode, sure: boolean): void => {
    const source = node.source as { value?: unknown } | undefined;
    if (/^(ImportDeclaration|ExportAllDeclaration|ExportNamedDeclaration)$/.test(node.type) && source)
      note(source.value, node.start, true);
    else if (node.type === 'ImportExpression') note(source?.value, node.start, false);
    else if (node.type === 'CallExpression') {
      const { callee, arguments: given } = node as unknown as {
        callee: { name?: unknown };
        arguments: readonly { value?: unknown }[];
      };
      if (/^_*require\d*$/.test(String(callee.name))) note(given[0]?.value, node.start, sure);
    }
    for (const [field, value] of Object.entries(node)) {
      const inner =
        sure && !skips.test(node.type) && !(node.type === 'TryStatement' && field !== 'finalizer');
      for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(one)) visit(one, inner);
    }
  };
  const options = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true } as const;
  for (const sourceType of ['module', 'script'] as const)
    try {
      visit(parse(text, { ...options, sourceType }) as unknown as SyntaxNode, true);
      return found;
    } catch {
      // The other kind, or a syntax that only this machine's Node.js knows.
    }
  return found;
}
