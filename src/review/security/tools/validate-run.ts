/**
 * Runs AWS's cloudformation-validate (WebAssembly) over templates. Building its engine takes seconds and holds memory
 * outside the heap, so it belongs into a worker, is built once, and is kept between runs (engine-image.ts). A template that it cannot read is named in `failed`.
 */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type * as Validate from '@aws/cloudformation-validate';
import { discard, imageFile, loadWithState, readImage, writeImage } from './engine-image.ts';
import { requireFirst } from './require-first.ts';

export interface ValidateInput {
  readonly templates: readonly {
    readonly stack: string;
    readonly text: string;
    readonly region: string;
    readonly accountId: string;
  }[];
  readonly without: readonly string[];
}

export interface ValidateDiagnostic {
  readonly stack: string;
  readonly rule: string;
  readonly severity: Validate.Severity;
  readonly category?: string;
  readonly message: string;
  /** The sentence that describes the rule. */
  readonly description?: string;
  readonly entity?: { readonly logicalId: string; readonly type: string };
  readonly propertyPath?: string;
  readonly suggestedFix?: string;
  readonly documentation?: string;
}

export interface ValidateOutput {
  readonly version: string;
  readonly rules: readonly string[];
  readonly resources: number;
  readonly diagnostics: readonly ValidateDiagnostic[];
  /** `logicalId` never: the whole template. */
  readonly failed: readonly { readonly stack: string; readonly because: string }[];
}

interface ValidateEngine {
  run(input: ValidateInput): ValidateOutput;
  free(): void;
}

type Engine = InstanceType<typeof Validate.CelEngine>;

/** @param cacheFolder where the built engine is kept (see engine-image.ts); default: nowhere */
export function openValidateEngine(from: readonly string[], cacheFolder?: string): ValidateEngine {
  const file = requireFirst(from).resolve('@aws/cloudformation-validate');
  const image = cacheFolder === undefined ? undefined : imageFile(cacheFolder, file);
  let { engine, tool, restored } = openEngine(file, image);
  const runOnce = ({ templates, without }: ValidateInput): ValidateOutput => {
    const out = {
      diagnostics: [] as ValidateDiagnostic[],
      failed: [] as ValidateOutput['failed'][number][],
    };
    let resources = 0;
    for (const { stack, text, region, accountId } of templates)
      try {
        const template = {
          path: `${stack}.template.json`,
          readBytes: () => new TextEncoder().encode(text),
        };
        const report = engine.validateDetailed(template, {
          exclude: { ids: [...without] },
          pseudoParameterOverrides: { region, accountId },
        });
        resources += report.metadata.resourcesScanned;
        out.diagnostics.push(...report.diagnostics.map((one) => plain(stack, one)));
      } catch (error) {
        if (restored && isTrap(error)) throw error;
        out.failed.push({ stack, because: error instanceof Error ? error.message : String(error) });
      }
    const skipped = new Set(without);
    const rules = engine.listRules().flatMap(({ id }) => (skipped.has(id) ? [] : id));
    return { version: tool.version(), rules, resources, ...out };
  };
  return {
    run(input) {
      try {
        return runOnce(input);
      } catch (error) {
        if (!restored) throw error;
        // A kept engine that does not work is not kept.
        if (image !== undefined) discard(image);
        ({ engine, tool, restored } = openEngine(file, undefined));
        return runOnce(input);
      }
    },
    free: () => engine.free(),
  };
}

interface OpenEngine {
  readonly engine: Engine;
  readonly tool: typeof Validate;
  /** Read from an image instead of built. */
  readonly restored: boolean;
}

function openEngine(file: string, image: string | undefined): OpenEngine {
  const load = createRequire(file);
  const fresh = () => {
    for (const name of [file, load.resolve('./bindings_wasm.js')]) delete load.cache[name];
    // require() is untyped; this is the package that the type comes from.
    return loadWithState(() => load(file) as typeof Validate);
  };
  if (image !== undefined && existsSync(image)) {
    // Code that runs for half a second is not worth optimizing; the flag holds for modules loaded from here on.
    setFlagsFromString('--no-wasm-tier-up');
    setFlagsFromString('--no-wasm-dynamic-tiering');
    try {
      const { loaded: tool, state } = fresh();
      const pointer = state === undefined ? undefined : readImage(image, state);
      if (pointer !== undefined) {
        const engine = engineAt(tool, load('./bindings_wasm.js'), pointer);
        if (engine !== undefined && engine.listRules().length > 0) return { engine, tool, restored: true };
      }
    } catch {
      // Built below, in a module of its own: this one may be half overwritten.
    }
    discard(image);
    setFlagsFromString('--wasm-tier-up');
    setFlagsFromString('--wasm-dynamic-tiering');
  }
  const { loaded: tool, state } = fresh();
  // CEL and Rego give the same diagnostics (the package's README); CEL took a fifth of the time a template.
  const engine = new tool.CelEngine();
  const pointer = pointerOf(engine);
  if (image !== undefined && state !== undefined && pointer !== undefined) writeImage(image, state, pointer);
  return { engine, tool, restored: false };
}

/** An engine is a class around a class of wasm-bindgen's around a pointer. */
function pointerOf(engine: Engine): number | undefined {
  const inner: unknown = Reflect.get(engine, 'inner');
  if (Object.keys(engine).join() !== 'inner' || typeof inner !== 'object' || inner === null) return undefined;
  const pointer: unknown = Reflect.get(inner, '__wbg_ptr');
  return Object.keys(inner).join() === '__wbg_ptr' && typeof pointer === 'number' ? pointer : undefined;
}

function engineAt(tool: typeof Validate, bindings: unknown, pointer: number): Engine | undefined {
  const Inner: unknown =
    typeof bindings === 'object' && bindings !== null ? Reflect.get(bindings, 'WasmCelEngine') : undefined;
  if (typeof Inner !== 'function') return undefined;
  const inner: object = Object.create(Inner.prototype);
  Reflect.set(inner, '__wbg_ptr', pointer);
  // What `new tool.CelEngine()` makes, but for building: pointerOf saw that it holds nothing else.
  const engine: Engine = Object.create(tool.CelEngine.prototype);
  Reflect.set(engine, 'inner', inner);
  return engine;
}

/** WebAssembly.RuntimeError, which TypeScript's `lib` without the DOM does not know. */
const isTrap = (error: unknown): boolean => error instanceof Error && error.name === 'RuntimeError';

function plain(stack: string, found: Validate.DetailedDiagnostic): ValidateDiagnostic {
  const { entity } = found;
  return {
    stack,
    rule: found.ruleId,
    severity: found.severity,
    category: found.category,
    message: found.message,
    description: found.ruleDescription,
    entity: entity === undefined ? undefined : { logicalId: entity.logicalId, type: entity.entityType },
    propertyPath: found.propertyPath,
    suggestedFix: found.suggestedFix,
    documentation: found.documentationUrl,
  };
}
