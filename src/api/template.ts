/**
 * `slipway/template`: cloud assemblies and CloudFormation templates, read, checked and resolved. Deploys nothing,
 * calls nobody.
 *
 * ```ts
 * import { analyse, readTemplateFile } from 'slipway/template';
 *
 * const { resources, order } = analyse(await readTemplateFile('template.yaml'));
 * for (const id of order) console.log(id, resources.get(id)?.type);
 * ```
 */
export { type ErrorCode, SlipwayError } from '../core/errors.ts';
export {
  type AnalyseOptions,
  type Assembly,
  type AssemblyStack,
  type Asset,
  analyse,
  containsUnresolved,
  createScope,
  evaluateKnownConditions,
  findProblems,
  type Json,
  type JsonObject,
  type ParseOptions,
  parseTemplate,
  type ReadAssemblyOptions,
  type Reference,
  type Resolved,
  type ResourceNode,
  readAssembly,
  readTemplateFile,
  resolve,
  resolveParameters,
  type Scope,
  type ScopeOptions,
  type Template,
  type TemplateGraph,
  type TemplateProblem,
  Unresolved,
} from '../template/index.ts';
