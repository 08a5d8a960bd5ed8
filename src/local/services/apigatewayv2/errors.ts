/** Errors of API Gateway version 2. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
import { AwsError } from '../../service.ts';

export const notFound = (what: string, id: string | undefined) =>
  new AwsError('NotFoundException', `Invalid ${what} identifier specified ${id}`, 404);

export const badRequest = (message: string) => new AwsError('BadRequestException', message, 400);

export const conflict = (message: string) => new AwsError('ConflictException', message, 409);
