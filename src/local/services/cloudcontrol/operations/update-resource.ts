import { applyPatch, type Operation as PatchOperation } from 'rfc6902';
import { isObject } from '../../../../core/is-object.ts';
import { passRole } from '../../../pass-role.ts';
import { AwsError, operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { existing } from '../find.ts';
import { ownTags, requestFor } from '../request.ts';
import { begin, principalOf } from '../requests.ts';
import { checkedState, createOnly, findType, type KnownType, modelOf } from '../types.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_UpdateResource.html */
export const updateResource = (context: CloudControlContext) =>
  operation('cloudcontrol', 'UpdateResource', {
    accepts: ['TypeName', 'RoleArn', 'ClientToken', 'Identifier', 'PatchDocument'],
    access: ({ RoleArn }) => [
      { action: 'cloudformation:UpdateResource', resource: '*' },
      ...passRole('cloudformation.amazonaws.com', RoleArn),
    ],
    async handle({ TypeName: type = '', Identifier: identifier = '', PatchDocument = '', ...input }, call) {
      const known = await findType(context, type, 'UPDATE');
      const { handler } = known;
      const invoke = await principalOf(context, input.RoleArn, call);
      const made = await existing(context, known, identifier, invoke);
      const patch = readPatch(known, PatchDocument);
      const properties = checkedState(known, JSON.stringify(patched(made.properties, patch)));
      const change = {
        ...{ operation: 'UPDATE' as const, type, identifier, clientToken: input.ClientToken },
        input: { type, identifier, PatchDocument, RoleArn: input.RoleArn },
      };
      const ProgressEvent = begin(context, change, async (signal) => {
        if (!handler.update)
          throw new AwsError('NotUpdatable', `Resource type ${type} does not support UPDATE action`);
        const state = await handler.update({
          ...requestFor(context, known, properties, made.token, invoke, signal),
          physicalId: made.physicalId,
          previous: { ...made.properties },
          previousTags: ownTags(known, made.properties),
          previousAttributes: made.attributes,
        });
        context.resources.put([type, identifier], {
          ...state,
          type,
          identifier,
          properties,
          token: made.token,
        });
        return { identifier, model: modelOf(known, properties, state) };
      });
      return { ProgressEvent };
    },
  });

function readPatch(known: KnownType, text: string): PatchOperation[] {
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch {
    throw invalid('The patch document is not JSON.');
  }
  if (!Array.isArray(patch) || !patch.every(isOperation))
    throw invalid('The patch document is not a list of operations of RFC 6902.');
  const touched = patch.flatMap((one) => (one.op === 'test' ? [] : [one.path.split('/')[1] ?? '']));
  refuse('createOnlyProperties', createOnly(known), touched);
  const { attributes, properties } = known.spec;
  refuse(
    'readOnlyProperties',
    attributes.filter((name) => properties[name] === undefined),
    touched,
  );
  return patch;
}

function refuse(kind: string, names: readonly string[], touched: readonly string[]): void {
  const found = names.filter((name) => touched.includes(name)).map((name) => `/properties/${name}`);
  if (found.length > 0)
    throw invalid(`Invalid patch update: ${kind} [${found.join(', ')}] cannot be updated`);
}

const isOperation = (one: unknown): one is PatchOperation =>
  isObject(one) &&
  typeof one.path === 'string' &&
  (one.from === undefined || typeof one.from === 'string') &&
  ['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(String(one.op));

function patched(before: object, patch: PatchOperation[]): object {
  const next = structuredClone(before);
  const [failed] = applyPatch(next, patch).filter((one) => one !== null);
  if (failed) throw invalid(`The patch document cannot be applied: ${failed.message}`);
  return next;
}
