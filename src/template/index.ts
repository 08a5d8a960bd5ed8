/**
 * The template layer: reads cloud assemblies and CloudFormation templates, checks them, and resolves them.
 * Pure: nothing here deploys, calls AWS, prints, or keeps state.
 */
export { splitCidr } from './cidr.ts';
export { listDynamicReferences } from './dynamic-references.ts';
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
  Template,
  TemplateGraph,
  TemplateProblem,
  UpdateReplacePolicy,
} from './model.ts';
export { parseTemplate, readTemplateFile } from './parse.ts';
export {
  containsUnresolved,
  expectResolved,
  type Resolved,
  type ResolvedObject,
  Unresolved,
} from './unresolved.ts';
