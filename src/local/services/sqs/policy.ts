/** A queue's policy as AddPermission and RemovePermission edit it. */
import type { Queue } from './queue.ts';

interface EditablePolicy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

export function readPolicy(queue: Queue): EditablePolicy {
  const document = queue.policy?.document;
  if (!document) return { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  return {
    Version: document.Version ?? '2008-10-17',
    ...(document.Id ? { Id: document.Id } : {}),
    Statement: [document.Statement].flat(),
  };
}
