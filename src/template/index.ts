/**
 * The template layer: reads cloud assemblies and CloudFormation templates, checks them, and resolves them.
 * Pure: nothing here deploys, calls AWS, prints, or keeps state.
 */
export { missingContext, type ReadAssemblyOptions, readAssembly } from './assembly.ts';
export { evaluateConditions, evaluateKnownConditions } from './conditions.ts';
export { parametersOf, refuseUnknownParameters } from './given-parameters.ts';
export { type AnalyseOptions, analyse, findProblems } from './graph.ts';
export { isObject as isJsonObject, type Json, type JsonObject } from './json.ts';
export { processed, type TransformInput } from './language-extensions.ts';
export { type LocalFilePlace, localFilePlaces, mayNameLocalFile } from './local-files.ts';
export type {
  Assembly,
  AssemblyStack,
  Asset,
  DynamicReference,
  FileAsset,
  ImageAsset,
  ParameterDeclaration,
  Pseudo,
  Reference,
  ResourceNode,
  Scope,
  Template,
  TemplateGraph,
  TemplateProblem,
} from './model.ts';
export { resolveParameters, supplySsmValues } from './parameters.ts';
export { type ParseOptions, parseTemplate, readTemplateBody, readTemplateFile } from './parse.ts';
export { type Environment, substitutePlaceholders } from './placeholders.ts';
export { formatProblem, TemplateError } from './problems.ts';
export { resolve } from './resolve.ts';
export { evaluateRules } from './rules.ts';
export { createScope, partitionOf, type ScopeOptions } from './scope.ts';
export {
  containsUnresolved,
  expectResolved,
  type Resolved,
  type ResolvedObject,
  Unresolved,
} from './unresolved.ts';
