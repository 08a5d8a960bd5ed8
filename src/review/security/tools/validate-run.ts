/**
 * Runs AWS's cloudformation-validate (WebAssembly) over templates. Building its engine takes seconds and holds memory
 * outside the heap, so it belongs into a worker and is built once. A template that it cannot read is named in `failed`.
 */

import { createRequire } from 'node:module';
import type * as Validate from '@aws/cloudformation-validate';
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

export interface ValidateEngine {
  run(input: ValidateInput): ValidateOutput;
  free(): void;
}

export function openValidateEngine(from: readonly string[]): ValidateEngine {
  const file = requireFirst(from).resolve('@aws/cloudformation-validate');
  // require() is untyped; this is the package that the type comes from.
  const tool = createRequire(file)(file) as typeof Validate;
  // CEL and Rego give the same diagnostics (the package's README); CEL took a fifth of the time a template.
  const engine = new tool.CelEngine();
  return {
    run({ templates, without }) {
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
          out.failed.push({ stack, because: error instanceof Error ? error.message : String(error) });
        }
      const skipped = new Set(without);
      const rules = engine.listRules().flatMap(({ id }) => (skipped.has(id) ? [] : id));
      return { version: tool.version(), rules, resources, ...out };
    },
    free: () => engine.free(),
  };
}

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
