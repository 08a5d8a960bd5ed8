/**
 * What Ref and Fn::GetAtt answer for the check of a template: what a resource that is there answers, and for one that is
 * still to be made the ARN, URL or name of the form it will have.
 */
import { attributeOf, type Named, nameProperty, refOf } from '../../../architecture/index.ts';
import type { Json, ResourceNode } from '../../../template/index.ts';
import type { ToCome } from '../../../template/verdict.ts';
import type { ResourceState } from '../../service.ts';
import type { CloudFormationContext } from './context.ts';
import { type LoadedTemplate, outputKey, type References } from './deployment.ts';
import { referencesTo } from './desired.ts';
import type { Rehearsal } from './rehearse.ts';

export interface NamesToCome extends References {
  /**
   * Whether a problem is about a value that was only guessed. The service that an ARN is of is never a guess, so what
   * is refused by name for an ARN holds.
   */
  isGuess(message: string, refusedByName: boolean): boolean;
}

/**
 * @param rehearsed what became of the resources that were rehearsed so far, by logical id
 * @param toCome takes what is guessed here too, and has the outputs of nested stacks
 */
export function namesToCome(
  { env, records }: CloudFormationContext,
  { graph, scope }: LoadedTemplate,
  rehearsed: ReadonlyMap<string, Rehearsal>,
  { guesses: guessed, outputs }: Pick<ToCome, 'guesses' | 'outputs'>,
): NamesToCome {
  const { stackId, stackName, partition } = scope.pseudo;
  const made = referencesTo((id) => records.resource(stackId, id));
  const named = (node: ResourceNode): Named => ({
    type: node.type,
    id: `${stackName}/${node.logicalId}`,
    chosenName: nameOf(node, stackName),
    region: env.region,
    accountId: env.accountId,
    partition,
  });
  const guess = (id: string, of: (node: ResourceNode) => unknown): Json | undefined => {
    const node = graph.resources.get(id);
    const value = node && asJson(of(node));
    for (const text of [value].flat()) if (typeof text === 'string') guessed.add(text);
    return value;
  };
  const nestedOutput = ({ type, logicalId }: ResourceNode, attribute: string) =>
    type === 'AWS::CloudFormation::Stack'
      ? outputs.get(outputKey(nestedName(stackName, logicalId), attribute.replace(/^Outputs\./, '')))
      : undefined;
  return {
    ref: (id) => made.ref(id) ?? ownId(rehearsed.get(id)?.state) ?? guess(id, (node) => refOf(named(node))),
    getAtt: (id, attribute) =>
      made.getAtt(id, attribute) ??
      guess(
        id,
        (node) =>
          nestedOutput(node, attribute) ??
          keptAttribute(rehearsed.get(id), attribute) ??
          attributeToCome(named(node), attribute),
      ),
    isGuess: (message, refusedByName) =>
      [...guessed].some((text) => message.includes(text) && !(refusedByName && text.startsWith('arn:'))),
  };
}

/** What a nested stack is called in a check. */
export const nestedName = (stackName: string, logicalId: string): string => `${stackName}-${logicalId}`;

/** A physical id that its type makes of the properties, and not of an answer. */
const ownId = (state: ResourceState | undefined): string | undefined =>
  state && /\bexample\b/.test(state.physicalId) ? undefined : state?.physicalId;

/** A type that makes no calls answers of itself what it will answer when it is made. */
const keptAttribute = (rehearsal: Rehearsal | undefined, attribute: string): unknown =>
  rehearsal?.mode === 'inert' ? rehearsal.state.attributes[attribute] : undefined;

/** What cannot be told from the type alone is a name like any other: `Stack-Service-Name`. */
function attributeToCome(named: Named, attribute: string): unknown {
  const found = attributeOf(named, attribute);
  const untold = `{${named.id}}.${attribute}`;
  const plain = /Port$/.test(attribute) ? '65000' : `${named.id}-${attribute}`.replace(/[^A-Za-z0-9]+/g, '-');
  if (found === untold) return plain;
  return Array.isArray(found) && found[0] === untold ? [plain] : found;
}

function nameOf({ type, logicalId, properties }: ResourceNode, stackName: string): string {
  const given = properties[nameProperty(type) ?? ''];
  if (typeof given === 'string') return given;
  const fifo = [properties.FifoQueue, properties.FifoTopic].some(
    (one) => String(one).toLowerCase() === 'true',
  );
  return `${stackName}-${logicalId}${fifo ? '.fifo' : ''}`;
}

/** Names and attributes are text or lists of text. */
function asJson(value: unknown): Json | undefined {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value : undefined;
}
