/** CloudFormation's own errors, in its words. */
import { SlipwayError } from '../../../core/errors.ts';
import { TemplateError } from '../../../template/index.ts';
import { AwsError } from '../../service.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

export const noSuchStack = (name: string): AwsError => invalid(`Stack with id ${name} does not exist`);

/** The wording of the operations that change a stack, of change sets and of events. */
export const noStackNamed = (name: string): AwsError => invalid(`Stack [${name}] does not exist`);

export const noSuchChangeSet = (name: string): AwsError =>
  new AwsError('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`, 404);

/** What a caller did wrong in a template comes out of the template layer as a SlipwayError. */
export function asInvalid(error: unknown): unknown {
  if (error instanceof TemplateError) return invalid(error.cloudFormationText);
  if (!(error instanceof SlipwayError && error.fault === 'user')) return error;
  return invalid(error.fix ? `${error.message} ${error.fix}` : error.message);
}

/** A resource that failed although something was made of it, which a rollback has to delete. */
export class ResourceFailure extends Error {
  readonly physicalId: string | undefined;
  constructor(message: string, physicalId?: string) {
    super(message);
    this.name = 'ResourceFailure';
    this.physicalId = physicalId;
  }
}
