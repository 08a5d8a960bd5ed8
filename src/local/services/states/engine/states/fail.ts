import type { Json } from '../../../../../core/json.ts';
import type { FailState } from '../../language/definition.ts';
import { evaluateAs } from '../../language/jsonata.ts';
import { selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, FinalFailure, jsonataScope, languageIn, pathScope } from '../execution.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export async function fail(run: Execution, frame: Frame, state: FailState): Promise<never> {
  const text = async (field: 'Error' | 'Cause', path: string | undefined): Promise<string | undefined> => {
    const given = state[field];
    if (languageIn(run, state) === 'JSONata')
      return given === undefined
        ? undefined
        : String(await evaluateAs('string', given, field, jsonataScope(run, frame, frame.input)));
    if (path === undefined) return given;
    const found: Json = selectValue(`${field}Path`, path, pathScope(run, frame, frame.input));
    return typeof found === 'string' ? found : JSON.stringify(found);
  };
  throw new FinalFailure(await text('Error', state.ErrorPath), await text('Cause', state.CausePath));
}
