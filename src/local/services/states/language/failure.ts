/**
 * How a state fails: with the name of an error, which Retry and Catch look at, and a cause for people.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class StateFailure extends Error {
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Where an expression failed; the history then says so in an event of its own. */
  readonly location: string | undefined;

  constructor(error: string | undefined, reason: string | undefined, location?: string) {
    super(`${error ?? ''}: ${reason ?? ''}`);
    this.error = error;
    this.reason = reason;
    this.location = location;
  }
}

/** What the definition or its data do not allow; the engine adds which state it was. */
export const runtimeFailure = (reason: string): StateFailure => new StateFailure('States.Runtime', reason);
