/** SAM's own types, which CloudFormation expands only when it deploys: what they open is not seen here, and said so. */
import { isMap, textAt } from '../../../../architecture/index.ts';
import type { DoorKind } from '../door.ts';

const because =
  'SAM makes it when the template is deployed; review the transformed template (sam validate, or the stack’s)';

export const serverless: DoorKind = (context) => {
  for (const api of context.app.ofType('AWS::Serverless::Api', 'AWS::Serverless::HttpApi'))
    context.unclear(api, 'the routes of the API', because);
  for (const fn of context.app.ofType('AWS::Serverless::Function')) {
    const { Events, FunctionUrlConfig } = fn.properties;
    if (FunctionUrlConfig !== undefined) context.unclear(fn, 'the function URL', because);
    for (const [name, event] of Object.entries(isMap(Events) ? Events : {})) {
      const type = textAt(event, 'Type');
      if (type === 'Api' || type === 'HttpApi') context.unclear(fn, `the route of event ${name}`, because);
    }
  }
  for (const app of context.app.ofType('AWS::Serverless::Application'))
    context.unclear(app, 'what the nested application opens', 'its template lies elsewhere');
};
