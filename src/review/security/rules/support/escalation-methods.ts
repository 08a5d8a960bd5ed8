/**
 * Known ways from some permissions to all of them. One row per way: who may do every one of `needs` can take the rights
 * of another role, or give itself more. Sources: Rhino Security Labs, "AWS IAM privilege escalation – methods and
 * mitigation" (https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/, 2018, parts 1 and 2);
 * AWS on passing roles (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html). Read 2026-11.
 */
export interface EscalationMethod {
  readonly id: string;
  /** After "it can". */
  readonly what: string;
  readonly needs: readonly string[];
  /** Needs work on the principal itself as well as on anyone. */
  readonly own?: true;
}

const pass = 'iam:PassRole';

export const escalationMethods: readonly EscalationMethod[] = [
  { id: 'new-policy-version', what: 'rewrite a managed policy', needs: ['iam:CreatePolicyVersion'] },
  {
    id: 'old-policy-version',
    what: 'bring back an older, wider version of a policy',
    needs: ['iam:SetDefaultPolicyVersion'],
  },
  { id: 'put-role-policy', what: 'write itself an inline policy', needs: ['iam:PutRolePolicy'], own: true },
  {
    id: 'attach-role-policy',
    what: 'attach AdministratorAccess to itself',
    needs: ['iam:AttachRolePolicy'],
    own: true,
  },
  { id: 'put-user-policy', what: 'write a user an inline policy', needs: ['iam:PutUserPolicy'] },
  { id: 'attach-user-policy', what: 'attach AdministratorAccess to a user', needs: ['iam:AttachUserPolicy'] },
  { id: 'put-group-policy', what: 'write a group an inline policy', needs: ['iam:PutGroupPolicy'] },
  {
    id: 'attach-group-policy',
    what: 'attach AdministratorAccess to a group',
    needs: ['iam:AttachGroupPolicy'],
  },
  { id: 'join-group', what: 'put a user into an administrators’ group', needs: ['iam:AddUserToGroup'] },
  { id: 'access-key', what: 'make access keys for another user', needs: ['iam:CreateAccessKey'] },
  { id: 'login-profile', what: 'set another user’s password', needs: ['iam:CreateLoginProfile'] },
  { id: 'change-login-profile', what: 'change another user’s password', needs: ['iam:UpdateLoginProfile'] },
  {
    id: 'trust-policy',
    what: 'let itself assume any role',
    needs: ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'],
  },
  { id: 'assume-any-role', what: 'assume any role that trusts the account', needs: ['sts:AssumeRole'] },
  {
    id: 'pass-to-lambda',
    what: 'run a new function as any role',
    needs: [pass, 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  },
  {
    id: 'pass-to-lambda-trigger',
    what: 'run a new function as any role',
    needs: [pass, 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
  },
  {
    id: 'change-function',
    what: 'replace the code of any function and so act as its role',
    needs: ['lambda:UpdateFunctionCode'],
  },
  {
    id: 'change-function-layers',
    what: 'put its own layer into any function',
    needs: ['lambda:UpdateFunctionConfiguration'],
  },
  { id: 'pass-to-instance', what: 'start an instance as any role', needs: [pass, 'ec2:RunInstances'] },
  {
    id: 'pass-to-task',
    what: 'run a container as any role',
    needs: [pass, 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  },
  {
    id: 'pass-to-cloudformation',
    what: 'deploy a stack with any role',
    needs: [pass, 'cloudformation:CreateStack'],
  },
  { id: 'pass-to-glue', what: 'open a Glue endpoint as any role', needs: [pass, 'glue:CreateDevEndpoint'] },
  {
    id: 'pass-to-glue-job',
    what: 'run a Glue job as any role',
    needs: [pass, 'glue:CreateJob', 'glue:StartJobRun'],
  },
  {
    id: 'pass-to-data-pipeline',
    what: 'run a data pipeline as any role',
    needs: [pass, 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'],
  },
  {
    id: 'pass-to-codebuild',
    what: 'run a build as any role',
    needs: [pass, 'codebuild:CreateProject', 'codebuild:StartBuild'],
  },
  {
    id: 'pass-to-sagemaker',
    what: 'open a notebook as any role',
    needs: [pass, 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
  },
  {
    id: 'pass-to-step-functions',
    what: 'run a state machine as any role',
    needs: [pass, 'states:CreateStateMachine', 'states:StartExecution'],
  },
  {
    id: 'command-instances',
    what: 'run commands as root on any managed instance',
    needs: ['ssm:SendCommand'],
  },
  { id: 'session-on-instances', what: 'open a shell on any managed instance', needs: ['ssm:StartSession'] },
  {
    id: 'change-stack',
    what: 'change a stack and so act as the role that deployed it',
    needs: ['cloudformation:UpdateStack'],
  },
  { id: 'key-grant', what: 'give itself the use of any key', needs: ['kms:PutKeyPolicy'] },
];
