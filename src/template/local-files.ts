/**
 * Where a template may name a file of its own folder, which `aws cloudformation package` replaces by one in S3.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */

export interface LocalFilePlace {
  readonly property: string;
  /** What becomes of the file or folder. */
  readonly as: 'code' | 'document' | 'template';
}

export const localFilePlaces: Readonly<Record<string, LocalFilePlace>> = {
  'AWS::Lambda::Function': { property: 'Code', as: 'code' },
  'AWS::Lambda::LayerVersion': { property: 'Content', as: 'code' },
  'AWS::ApiGateway::RestApi': { property: 'BodyS3Location', as: 'document' },
  'AWS::ApiGatewayV2::Api': { property: 'BodyS3Location', as: 'document' },
  'AWS::StepFunctions::StateMachine': { property: 'DefinitionS3Location', as: 'document' },
  'AWS::CloudFormation::Stack': { property: 'TemplateURL', as: 'template' },
};

/** Most templates name none, and are not read a second time for it. */
export const mayNameLocalFile =
  /\b(Code|Content|BodyS3Location|DefinitionS3Location|TemplateURL)["']?[ \t]*:[ \t]*["']?[^\s{"'!|>]/;
