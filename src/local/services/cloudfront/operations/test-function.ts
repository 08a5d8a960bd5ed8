import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkIfMatch } from '../errors.ts';
import { findFunction, findStage, functionArn, summarizeFunction } from '../functions/records.ts';
import { runFunction } from '../functions/run.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_TestFunction.html */
export const testFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'TestFunction', {
    accepts: ['Name', 'IfMatch', 'Stage', 'EventObject'],
    access: ({ Name }) => ({ action: 'cloudfront:TestFunction', resource: functionArn(context, Name) }),
    handle({ Name, IfMatch, Stage, EventObject }) {
      const record = findFunction(context, Name);
      const code = findStage(record, Stage);
      checkIfMatch(IfMatch, code.etag);
      let event: { context?: { eventType?: string } };
      try {
        event = JSON.parse(Buffer.from(EventObject ?? []).toString()) as typeof event;
      } catch (error) {
        throw new AwsError('TestFunctionFailed', `The event object is not valid JSON: ${String(error)}`, 500);
      }
      const result = runFunction(Buffer.from(code.code).toString(), event);
      // A handler answers a request, or a response: told apart by its status code.
      const isResponse =
        typeof (result.value as { statusCode?: unknown } | undefined)?.statusCode === 'number';
      return {
        TestResult: {
          FunctionSummary: summarizeFunction(context, record, Stage ?? 'DEVELOPMENT', code),
          ComputeUtilization: String(result.utilization),
          FunctionExecutionLogs: [...result.logs],
          FunctionErrorMessage: result.error ?? '',
          FunctionOutput:
            result.value === undefined
              ? ''
              : JSON.stringify(isResponse ? { response: result.value } : { request: result.value }),
        },
      };
    },
  });
