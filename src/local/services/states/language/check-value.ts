/** Whether fields have values of their kind: texts, numbers, paths, templates, expressions. */
import { isJsonObject, type Json } from '../../../../core/json.ts';
import { isPath, PathSyntaxError, parsePath } from '../../../../core/json-path.ts';
import { readTimestamp } from './choice.ts';
import type { QueryLanguage } from './definition.ts';
import { each, type Report } from './diagnostics.ts';
import type { FieldKind } from './fields.ts';
import { IntrinsicSyntaxError, isIntrinsic, parseIntrinsic } from './intrinsics.ts';
import { expressionOf, expressionProblem } from './jsonata.ts';

export function checkValue(
  report: Report,
  kind: FieldKind,
  key: string,
  value: Json,
  at: string,
  language: QueryLanguage,
) {
  const place = `${at}/${key}`;
  const type = (wanted: string) => report(`Expected value of type ${wanted}`, place);
  switch (kind) {
    case 'json':
      return;
    case 'text':
      if (typeof value !== 'string') type('String');
      return;
    case 'expression-or-text':
      if (typeof value !== 'string') type('String');
      else if (language === 'JSONata') checkExpression(report, value, place);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') type('Boolean');
      return;
    case 'object':
      if (!isJsonObject(value)) type('Object');
      return;
    case 'list':
      if (!Array.isArray(value)) type('Array');
      else if (value.length === 0 && key !== 'Retry' && key !== 'Catch')
        report('Value cannot be empty', place);
      return;
    case 'number':
      if (typeof value === 'string' && language === 'JSONata' && expressionOf(value) !== undefined)
        checkExpression(report, value, place);
      else if (typeof value !== 'number' || !Number.isFinite(value)) type('Integer');
      else if (!Number.isInteger(value) && !key.includes('Percentage')) type('Integer');
      return;
    case 'timestamp':
      if (typeof value === 'string' && language === 'JSONata' && expressionOf(value) !== undefined)
        checkExpression(report, value, place);
      else if (readTimestamp(value) === undefined) report('String does not match RFC3339 timestamp', place);
      return;
    case 'path':
      if (value !== null || (key !== 'InputPath' && key !== 'OutputPath')) checkPath(report, value, key, at);
      return;
    case 'reference':
      if (value !== null) checkReference(report, value, place);
      return;
    case 'template':
      checkTemplate(report, value, place, place, language);
      return;
  }
}

export function checkPath(report: Report, value: Json, key: string, at: string) {
  if (typeof value !== 'string') return report('Expected value of type String', `${at}/${key}`);
  if (isIntrinsic(value) && key !== 'InputPath' && key !== 'OutputPath') {
    if (!isCall(value))
      report(
        `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
        at,
      );
  } else if (!isPath(value))
    report(`The value for the field '${key}' must be a valid JSONPath`, `${at}/${key}`);
}

export function checkReference(report: Report, value: Json, place: string) {
  if (typeof value !== 'string') return report('Expected value of type String', place);
  if (!value.startsWith('$'))
    return report("Value is not a Reference Path: Reference path didn't start with '$'", place);
  if (!isPath(value) || !parsePath(value).reference || value.startsWith('$$'))
    report('Value is not a Reference Path', place);
}

export function checkExpression(report: Report, value: string, place: string) {
  const expression = expressionOf(value);
  const problem = expression === undefined ? undefined : expressionProblem(expression);
  if (problem !== undefined) report(`The JSONata expression '${expression}' is not valid: ${problem}`, place);
}

export function checkTemplate(
  report: Report,
  value: Json,
  place: string,
  field: string,
  language: QueryLanguage,
): void {
  each(value, (one, i) => checkTemplate(report, one, `${place}[${i}]`, field, language));
  if (typeof value === 'string') {
    if (language === 'JSONata') checkExpression(report, value, place);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, one] of Object.entries(value))
    if (language === 'JSONPath' && key.endsWith('.$')) {
      if (typeof one !== 'string' || !(isIntrinsic(one) ? isCall(one) : isPath(one)))
        report(
          `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
          place,
        );
    } else checkTemplate(report, one, `${place}/${key}`, field, language);
}

function isCall(text: string): boolean {
  try {
    parseIntrinsic(text);
    return true;
  } catch (error) {
    if (error instanceof IntrinsicSyntaxError || error instanceof PathSyntaxError) return false;
    throw error;
  }
}
