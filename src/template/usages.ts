/**
 * Walks a value as written and lists what it uses: names it refers to, conditions, maps, imports.
 * Also says which intrinsics are malformed, misplaced or unknown. Resolves nothing.
 */
import { lookup } from '../core/lookup.ts';
import { splitDynamicReferences } from './dynamic-references.ts';
import { besideOthers } from './evaluate.ts';
import { getAttTarget } from './intrinsics/get-att.ts';
import type { Place } from './intrinsics/intrinsic.ts';
import { conditionName } from './intrinsics/logic.ts';
import { lookUpIntrinsic } from './intrinsics/registry.ts';
import { element, elements } from './intrinsics/values.ts';
import { intrinsicOf, isArray, isObject, isString, type Json } from './json.ts';
import type { Template } from './model.ts';
import type { RawProblem } from './problems.ts';
import { parseSubText, subArguments } from './sub-text.ts';

export interface Usage {
  readonly kind: 'ref' | 'getAtt' | 'condition' | 'mapKey' | 'import';
  /** The name used; for `import`, empty when it is computed. */
  readonly name: string;
  readonly path: string;
  /** Written inside the text of Fn::Sub. */
  readonly inSub?: boolean;
  /** Written inside the name of an Fn::ImportValue. */
  readonly inImport?: boolean;
  /** For `getAtt`, unless it is computed. */
  readonly attribute?: string;
  /** For `mapKey`: the keys, as far as they are written out, and whether a missing one has a default. */
  readonly keys?: readonly (string | undefined)[];
  readonly hasDefault?: boolean;
}

export interface Scan {
  readonly usages: readonly Usage[];
  readonly problems: readonly RawProblem[];
}

export interface ScanOptions {
  readonly template: Template;
  readonly place: Place;
  /** When given, only the chosen branch of Fn::If is walked. */
  readonly conditions?: Readonly<Record<string, boolean>>;
}

export function scan(value: Json, path: string, options: ScanOptions): Scan {
  const usages: Usage[] = [];
  const problems: RawProblem[] = [];
  const { template, place } = options;

  const visit = (at: Json, here: string, inImport: boolean): void => {
    if (isString(at)) visitText(at, here);
    else if (isArray(at)) for (const [index, item] of at.entries()) visit(item, `${here}/${index}`, inImport);
    else if (isObject(at)) visitObject(at, here, inImport);
  };

  const visitText = (text: string, here: string): void => {
    for (const part of splitDynamicReferences(text)) {
      if (!isString(part) && !part.ok) {
        problems.push({ path: here, message: `Template error: ${part.message}` });
      }
    }
  };

  const visitObject = (at: Json, here: string, inImport: boolean): void => {
    const call = intrinsicOf(at);
    if (call !== undefined) {
      visitIntrinsic(call.name, call.argument, here, inImport);
      return;
    }
    const condition = place === 'conditions' || place === 'rules' ? conditionName(at) : undefined;
    if (condition !== undefined) usages.push({ kind: 'condition', name: condition, path: here });
    for (const [key, item] of Object.entries(isObject(at) ? at : {})) {
      if (key.startsWith('Fn::')) {
        problems.push({ path: here, message: besideOthers(key), unsupported: key === 'Fn::Transform' });
      } else visit(item, `${here}/${key}`, inImport);
    }
  };

  const visitIntrinsic = (name: string, argument: Json, here: string, inImport: boolean): void => {
    const found = lookUpIntrinsic(name, argument, place, template);
    if (found.intrinsic === undefined) {
      problems.push({ path: here, message: found.message, unsupported: found.unsupported });
      return;
    }
    const below = `${here}/${name}`;
    if (name === 'Ref') {
      usages.push({ kind: 'ref', name: String(argument), path: here, inImport });
    } else if (name === 'Fn::GetAtt') {
      visitGetAtt(argument, here, inImport);
    } else if (name === 'Fn::Sub') {
      visitSub(argument, here, inImport);
    } else if (name === 'Fn::If') {
      visitIf(argument, below, inImport);
    } else if (name === 'Fn::FindInMap') {
      visitMap(argument, here);
      visit(argument, below, inImport);
    } else if (name === 'Fn::ImportValue') {
      usages.push({ kind: 'import', name: isString(argument) ? argument : '', path: here });
      visit(argument, below, true);
    } else visit(argument, below, inImport);
  };

  const visitGetAtt = (argument: Json, here: string, inImport: boolean): void => {
    const target = getAttTarget(argument);
    if (target === undefined) return;
    const attribute = isString(target.attribute) ? target.attribute : undefined;
    usages.push({ kind: 'getAtt', name: target.logicalId, attribute, path: here, inImport });
    if (attribute === undefined) visit(target.attribute, `${here}/Fn::GetAtt/1`, inImport);
  };

  const visitSub = (argument: Json, here: string, inImport: boolean): void => {
    const { text, map } = subArguments(argument);
    const variables = isObject(map) ? map : {};
    const parsed = parseSubText(String(text));
    for (const part of parsed.ok ? parsed.parts : []) {
      if (part.kind === 'text') visitText(part.text, here);
      else if (lookup(variables, part.name) === undefined) {
        const dot = part.name.indexOf('.');
        if (dot < 0) usages.push({ kind: 'ref', name: part.name, path: here, inSub: true, inImport });
        else {
          const [name, attribute] = [part.name.slice(0, dot), part.name.slice(dot + 1)];
          usages.push({ kind: 'getAtt', name, attribute, path: here, inSub: true, inImport });
        }
      }
    }
    for (const [name, item] of Object.entries(variables)) visit(item, `${here}/Fn::Sub/1/${name}`, inImport);
  };

  const visitIf = (argument: Json, below: string, inImport: boolean): void => {
    const name = String(element(argument, 0));
    usages.push({ kind: 'condition', name, path: below });
    const known = options.conditions === undefined ? undefined : lookup(options.conditions, name);
    for (const index of known === undefined ? [1, 2] : [known ? 1 : 2]) {
      visit(element(argument, index), `${below}/${index}`, inImport);
    }
  };

  const visitMap = (argument: Json, here: string): void => {
    const [map, ...keys] = elements(argument);
    if (!isString(map)) return;
    const written = keys.slice(0, 2).map((key) => (isString(key) ? key : undefined));
    usages.push({ kind: 'mapKey', name: map, path: here, keys: written, hasDefault: keys.length > 2 });
  };

  visit(value, path, false);
  return { usages, problems };
}
