import { resourceType } from '../../../service.ts';

interface PermissionProperties {
  readonly FunctionName: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly EventSourceToken?: string;
  readonly PrincipalOrgID?: string;
  readonly FunctionUrlAuthType?: 'NONE' | 'AWS_IAM';
  readonly InvokedViaFunctionUrl?: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const permission = resourceType<PermissionProperties>({
  type: 'AWS::Lambda::Permission',
  mode: 'live',
  honoured: [
    ...['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount', 'EventSourceToken'],
    ...['PrincipalOrgID', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'],
  ],
  async create({ properties: p, invoke, uniqueName }) {
    const StatementId = uniqueName(100);
    await invoke('lambda', 'AddPermission', { ...p, StatementId });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('lambda', 'RemovePermission', {
      FunctionName: properties.FunctionName,
      StatementId: physicalId,
    });
  },
});
