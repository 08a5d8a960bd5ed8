/**
 * What is wrong with a definition, in the words of AWS's own validator.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */

import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { isPath } from '../../../../core/json-path.ts';
import { checkExpression, checkReference, checkTemplate, checkValue } from './check-value.ts';
import { choiceOperators, readTimestamp } from './choice.ts';
import type { Definition, QueryLanguage } from './definition.ts';
import { type Diagnostic, each, type Report } from './diagnostics.ts';
import { fieldsOf } from './fields.ts';
import { transitionProblems } from './transitions.ts';

export interface Validated {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when there are diagnostics. */
  readonly definition?: Definition;
}

interface Settings {
  readonly express: boolean;
  /** What is wrong with a Task's Resource; where, and in which words. */
  resourceProblem(resource: string, express: boolean): string | undefined;
}

const longestName = 80;

class Validator {
  readonly found: Diagnostic[] = [];
  readonly settings: Settings;
  readonly language: QueryLanguage;
  constructor(settings: Settings, language: QueryLanguage) {
    this.settings = settings;
    this.language = language;
  }

  readonly report: Report = (message, location) => {
    this.found.push({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location });
  };

  block(block: JsonObject, location: string, allowed: readonly string[]) {
    const place = location || '/';
    const missing = ['States', 'StartAt'].filter((name) => block[name] === undefined);
    if (missing.length > 0) this.report(`These fields are required: [${missing.join(', ')}]`, place);
    for (const key of Object.keys(block))
      if (!allowed.includes(key)) this.report(`Field '${key}' is not supported`, place);
    const { States: states, StartAt } = block;
    if (StartAt !== undefined && typeof StartAt !== 'string')
      this.report('Expected value of type String', `${location}/StartAt`);
    if (states === undefined) return;
    if (!isJsonObject(states)) return this.report('Expected value of type Object', `${location}/States`);
    if (Object.keys(states).length === 0) this.report('Value cannot be empty', `${location}/States`);
    for (const [name, state] of Object.entries(states)) {
      const at = `${location}/States/${name}`;
      if (name.length > longestName)
        this.report(`State name must not be longer than ${longestName} characters`, at);
      if (isJsonObject(state)) this.state(state, at);
      else this.report('Expected value of type Object', at);
    }
  }

  state(state: JsonObject, at: string) {
    const fields = typeof state.Type === 'string' ? fieldsOf[state.Type] : undefined;
    if (state.Type === undefined) return this.report("The field 'Type' is required but was missing", at);
    if (!fields)
      return this.report(
        `The field 'Type' should have one of these values: [${Object.keys(fieldsOf).sort(byOrder).join(', ')}]`,
        `${at}/Type`,
      );
    const language = this.stateLanguage(state, at);
    for (const [key, value] of Object.entries(state)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (!field) {
        this.report(`Field '${key}' is not supported`, at);
        continue;
      }
      if (field.only && field.only !== language)
        this.report(
          `The QueryLanguage is set to '${language}', but field '${key}' is only supported for the '${field.only}' QueryLanguage`,
          at,
        );
      else checkValue(this.report, field.kind, key, value, at, language);
    }
    this.transitions(state, at);
    this.own(state, at, language);
  }

  stateLanguage(state: JsonObject, at: string): QueryLanguage {
    const { QueryLanguage: own } = state;
    if (own === undefined) return this.language;
    if (own !== 'JSONPath' && own !== 'JSONata') {
      this.report(
        "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]",
        `${at}/QueryLanguage`,
      );
      return this.language;
    }
    if (own === 'JSONPath' && this.language === 'JSONata')
      this.report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
    return own;
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
  transitions(state: JsonObject, at: string) {
    const moves = !['Choice', 'Succeed', 'Fail'].includes(String(state.Type));
    if (!moves) return;
    const ends = state.End === true;
    if (state.Next === undefined && !ends) this.report('These fields are required: [Next] or [End]', at);
    if (state.Next !== undefined && ends) this.report("Only one of 'Next' and 'End' is allowed", at);
  }

  own(state: JsonObject, at: string, language: QueryLanguage) {
    const required = (...names: readonly string[]) => {
      for (const name of names)
        if (state[name] === undefined) this.report(`The field '${name}' is required but was missing`, at);
    };
    const oneOf = (names: readonly string[], needed: boolean) => {
      const given = names.filter((name) => state[name] !== undefined);
      if (given.length > 1) this.report(`Only one of these fields is allowed: [${given.join(', ')}]`, at);
      if (needed && given.length === 0)
        this.report(`One of these fields is required: [${names.join(', ')}]`, at);
    };
    each(state.Retry, (one, i) => this.retrier(one, `${at}/Retry[${i}]`));
    each(state.Catch, (one, i) => this.catcher(one, `${at}/Catch[${i}]`, language));
    switch (state.Type) {
      case 'Task': {
        required('Resource');
        oneOf(['TimeoutSeconds', 'TimeoutSecondsPath'], false);
        oneOf(['HeartbeatSeconds', 'HeartbeatSecondsPath'], false);
        const { Resource: resource, Credentials, TimeoutSeconds, HeartbeatSeconds } = state;
        if (typeof resource === 'string') {
          const problem = this.settings.resourceProblem(resource, this.settings.express);
          if (problem !== undefined) this.report(problem, `${at}/Resource`);
        }
        if (
          isJsonObject(Credentials) &&
          Credentials.RoleArn === undefined &&
          Credentials['RoleArn.$'] === undefined
        )
          this.report("The field 'RoleArn' is required but was missing", `${at}/Credentials`);
        if (
          typeof TimeoutSeconds === 'number' &&
          typeof HeartbeatSeconds === 'number' &&
          HeartbeatSeconds >= TimeoutSeconds
        )
          this.report("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", at);
        return;
      }
      case 'Choice':
        required('Choices');
        each(state.Choices, (one, i) => this.rule(one, `${at}/Choices[${i}]`, true, language));
        return;
      case 'Wait':
        return oneOf(['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], true);
      case 'Fail':
        oneOf(['Error', 'ErrorPath'], false);
        return oneOf(['Cause', 'CausePath'], false);
      case 'Parallel':
        required('Branches');
        each(state.Branches, (one, i) => {
          const place = `${at}/Branches[${i}]`;
          if (isJsonObject(one)) this.block(one, place, ['Comment', 'StartAt', 'States']);
          else this.report('Expected value of type Object', place);
        });
        return;
      case 'Map':
        return this.map(state, at, oneOf);
    }
  }

  map(state: JsonObject, at: string, oneOf: (names: readonly string[], needed: boolean) => void) {
    oneOf(['ItemProcessor', 'Iterator'], true);
    oneOf(['ItemSelector', 'Parameters'], false);
    for (const name of ['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'])
      oneOf([name, `${name}Path`], false);
    const name = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
    const processor = state[name];
    if (!isJsonObject(processor)) return;
    const { ProcessorConfig: config } = processor;
    this.block(processor, `${at}/${name}`, ['Comment', 'StartAt', 'States', 'ProcessorConfig']);
    const distributed = isJsonObject(config) && config.Mode === 'DISTRIBUTED';
    if (isJsonObject(config)) {
      const { Mode = 'INLINE', ExecutionType } = config;
      if (Mode !== 'INLINE' && Mode !== 'DISTRIBUTED')
        this.report(
          "The field 'Mode' should have one of these values: [INLINE, DISTRIBUTED]",
          `${at}/${name}/ProcessorConfig/Mode`,
        );
      if (distributed && ExecutionType !== 'STANDARD' && ExecutionType !== 'EXPRESS')
        this.report(
          "The field 'ExecutionType' should have one of these values: [STANDARD, EXPRESS]",
          `${at}/${name}/ProcessorConfig/ExecutionType`,
        );
    }
    if (distributed && this.settings.express)
      this.report('Express state machine does not support Distributed Map', at);
    if (!distributed)
      for (const field of [
        'ItemReader',
        'ItemBatcher',
        'ResultWriter',
        'Label',
        'ToleratedFailureCount',
        'ToleratedFailureCountPath',
        'ToleratedFailurePercentage',
        'ToleratedFailurePercentagePath',
      ])
        if (state[field] !== undefined)
          this.report(`Field '${field}' is only supported for a Map state in DISTRIBUTED mode`, at);
  }

  errors(value: JsonObject, at: string) {
    const { ErrorEquals: names } = value;
    if (names === undefined) return this.report("The field 'ErrorEquals' is required but was missing", at);
    if (!Array.isArray(names) || names.some((one) => typeof one !== 'string'))
      return this.report('Expected value of type Array', `${at}/ErrorEquals`);
    if (names.length === 0) this.report('Value cannot be empty', `${at}/ErrorEquals`);
    if (names.includes('States.ALL') && names.length > 1)
      this.report("'States.ALL' must appear alone in 'ErrorEquals'", `${at}/ErrorEquals`);
  }

  retrier(value: Json, at: string) {
    if (!isJsonObject(value)) return this.report('Expected value of type Object', at);
    this.errors(value, at);
    const atLeast = (name: string, least: number) => {
      const given = value[name];
      if (given !== undefined && (typeof given !== 'number' || given < least))
        this.report(`The value of '${name}' must be a number of at least ${least}`, `${at}/${name}`);
    };
    atLeast('IntervalSeconds', 1);
    atLeast('MaxAttempts', 0);
    atLeast('BackoffRate', 1);
    atLeast('MaxDelaySeconds', 1);
    const { JitterStrategy: jitter = 'NONE' } = value;
    if (jitter !== 'FULL' && jitter !== 'NONE')
      this.report(
        "The field 'JitterStrategy' should have one of these values: [FULL, NONE]",
        `${at}/JitterStrategy`,
      );
    const known = [
      'ErrorEquals',
      'IntervalSeconds',
      'MaxAttempts',
      'BackoffRate',
      'MaxDelaySeconds',
      'JitterStrategy',
      'Comment',
    ];
    for (const key of Object.keys(value))
      if (!known.includes(key)) this.report(`Field '${key}' is not supported`, at);
  }

  catcher(value: Json, at: string, language: QueryLanguage) {
    if (!isJsonObject(value)) return this.report('Expected value of type Object', at);
    this.errors(value, at);
    if (typeof value.Next !== 'string') this.report("The field 'Next' is required but was missing", at);
    if (value.ResultPath !== undefined && value.ResultPath !== null)
      checkReference(this.report, value.ResultPath, `${at}/ResultPath`);
    for (const name of ['Assign', 'Output'])
      checkTemplate(this.report, value[name] ?? null, `${at}/${name}`, name, language);
    const known = [
      'ErrorEquals',
      'Next',
      'Comment',
      'Assign',
      language === 'JSONata' ? 'Output' : 'ResultPath',
    ];
    for (const key of Object.keys(value))
      if (!known.includes(key)) this.report(`Field '${key}' is not supported`, at);
  }

  rule(value: Json, at: string, top: boolean, language: QueryLanguage): void {
    if (!isJsonObject(value)) {
      this.report('Expected value of type Object', at);
      return;
    }
    if (top && typeof value.Next !== 'string')
      this.report("The field 'Next' is required but was missing", at);
    if (!top && value.Next !== undefined) this.report("Field 'Next' is not supported", at);
    if (language === 'JSONata') {
      const { Condition: condition } = value;
      if (condition === undefined) this.report("The field 'Condition' is required but was missing", at);
      else if (typeof condition === 'string') checkExpression(this.report, condition, `${at}/Condition`);
      for (const key of Object.keys(value))
        if (!['Condition', 'Next', 'Assign', 'Output', 'Comment'].includes(key))
          this.report(`Field '${key}' is not supported`, at);
      for (const name of ['Assign', 'Output'])
        checkTemplate(this.report, value[name] ?? null, `${at}/${name}`, name, language);
      return;
    }
    checkTemplate(this.report, value.Assign ?? null, `${at}/Assign`, 'Assign', language);
    for (const name of ['And', 'Or'] as const) {
      const rules = value[name];
      if (rules === undefined) continue;
      if (!Array.isArray(rules) || rules.length === 0) this.report('Value cannot be empty', `${at}/${name}`);
      else each(rules, (one, i) => this.rule(one, `${at}/${name}[${i}]`, false, language));
      return;
    }
    if (value.Not !== undefined) {
      this.rule(value.Not, `${at}/Not`, false, language);
      return;
    }
    if (typeof value.Variable !== 'string') {
      this.report("The field 'Variable' is required but was missing", at);
      return;
    }
    if (!isPath(value.Variable)) this.report('Value is not a Reference Path', `${at}/Variable`);
    let operators = 0;
    for (const [key, against] of Object.entries(value)) {
      const operator = choiceOperators.get(key);
      if (!operator) {
        if (!['Variable', 'Next', 'Comment', 'Assign'].includes(key))
          this.report(`Field '${key}' is not supported`, at);
        continue;
      }
      operators++;
      const { takes } = operator;
      if (takes === 'path') {
        if (typeof against !== 'string' || !isPath(against))
          checkReference(this.report, against, `${at}/${key}`);
      } else if (takes === 'timestamp') {
        if (readTimestamp(against) === undefined)
          this.report('String does not match RFC3339 timestamp', `${at}/${key}`);
      } else if (typeof against !== takes)
        this.report(`Expected value of type ${takes[0]?.toUpperCase()}${takes.slice(1)}`, `${at}/${key}`);
    }
    if (operators !== 1) this.report('A choice rule has exactly one comparison operator', at);
  }
}

const order = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];
const byOrder = (a: string, b: string) => order.indexOf(a) - order.indexOf(b);

const deepest = 200;

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let most = 0;
  for (const one of Object.values(value)) most = Math.max(most, depthOf(one));
  return most + 1;
}

/** @param text the definition as JSON */
export function validate(text: string, settings: Settings): Validated {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return one('INVALID_JSON_DESCRIPTION', message, `[Source: (String)"${text.slice(0, 80)}"]`);
  }
  if (!isJsonObject(value))
    return one('SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object', '/');
  if (depthOf(value) > deepest)
    return one('SCHEMA_VALIDATION_FAILED', 'The definition is nested too deep', '/');
  const { QueryLanguage: language = 'JSONPath' } = value;
  const validator = new Validator(settings, language === 'JSONata' ? 'JSONata' : 'JSONPath');
  if (language !== 'JSONPath' && language !== 'JSONata')
    validator.report(
      "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]",
      '/QueryLanguage',
    );
  validator.block(value, '', ['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage']);
  const { TimeoutSeconds: timeout } = value;
  if (timeout !== undefined && (typeof timeout !== 'number' || timeout < 1 || timeout > 99_999_999))
    validator.report('Expected value of type Integer', '/TimeoutSeconds');
  if (validator.found.length > 0) return { diagnostics: validator.found };
  const definition = value as unknown as Definition;
  const diagnostics = [...transitionProblems(value, '')];
  return diagnostics.length > 0 ? { diagnostics } : { diagnostics, definition };
}

const one = (code: string, message: string, location: string): Validated => ({
  diagnostics: [{ severity: 'ERROR', code, message, location }],
});
