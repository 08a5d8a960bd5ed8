/** What Cloud Control keeps: requests, and the resources that they made. Types only. */
import type { HandlerErrorCode, Operation, OperationStatus } from '@aws-sdk/client-cloudcontrol';
import type { MadeResource } from '../../service.ts';

export interface RequestRecord {
  readonly token: string;
  readonly operation: Operation;
  readonly status: OperationStatus;
  readonly type: string;
  readonly identifier?: string;
  /** ms since the epoch */
  readonly at: number;
  readonly clientToken?: string;
  /** What the client token stood for: another request may not have the same. */
  readonly asked: string;
  readonly errorCode?: HandlerErrorCode;
  readonly message?: string;
  /** JSON */
  readonly model?: string;
}

export interface ResourceRecord extends MadeResource {
  readonly type: string;
  readonly identifier: string;
}
