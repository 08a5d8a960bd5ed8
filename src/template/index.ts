/**
 * The template layer: reads cloud assemblies and CloudFormation templates, checks them, and resolves them.
 * Pure: nothing here deploys, calls AWS, prints, or keeps state.
 */
export { type ReadAssemblyOptions, readAssembly } from './assembly.ts';
export { splitCidr } from './cidr.ts';
export { evaluateConditions, evaluateKnownConditions } from './conditions.ts';
export { listDynamicReferences } from './dynamic-references.ts';
export { type AnalyseOptions, analyse, findProblems } from './graph.ts';
export { type Import, listImports } from './imports.ts';
export type { Json, JsonObject } from './json.ts';
export type {
  Assembly,
  AssemblyStack,
  Asset,
  ConditionScope,
  DeletionPolicy,
  DynamicReference,
  FileAsset,
  FileDestination,
  ImageAsset,
  ImageDestination,
  Mappings,
  OutputDeclaration,
  ParameterDeclaration,
  ParameterValues,
  Pseudo,
  Reference,
  ResourceDeclaration,
  ResourceNode,
  RuleDeclaration,
  Scope,
  StackOutputName,
  Template,
  TemplateGraph,
  TemplateProblem,
  UpdateReplacePolicy,
} from './model.ts';
export { type ResolvedParameters, resolveParameters, supplySsmValues } from './parameters.ts';
export { type ParseOptions, parseTemplate, readTemplateFile } from './parse.ts';
export { type Environment, substitutePlaceholders } from './placeholders.ts';
export { resolve } from './resolve.ts';
export { evaluateRules, type RuleFailure } from './rules.ts';
export { createScope, partitionOf, type ScopeOptions } from './scope.ts';
export {
  containsUnresolved,
  expectResolved,
  type Resolved,
  type ResolvedObject,
  Unresolved,
} from './unresolved.ts';
