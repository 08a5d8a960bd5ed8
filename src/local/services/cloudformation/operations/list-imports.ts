import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { page } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html */
export const listImports = (context: CloudFormationContext) =>
  operation('cloudformation', 'ListImports', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ListImports', resource: '*' }),
    handle(input) {
      const name = input.ExportName ?? '';
      const users = context.records.importers(name).map((one) => one.name);
      if (users.length === 0) throw invalid(`Export '${name}' is not imported by any stack.`);
      const { items, next } = page(users, input.NextToken);
      return { Imports: items, NextToken: next };
    },
  });
