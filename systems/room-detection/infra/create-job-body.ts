/**
 * The JSON schema (draft 4, as API Gateway reads it) of `POST /jobs`. Unknown fields are let through, so that a
 * drawing tool may add its own; coordinates are bounded, because 1e999 is valid JSON and not a number.
 */
import { type JsonSchema, JsonSchemaType, JsonSchemaVersion } from 'aws-cdk-lib/aws-apigateway';

/** Far above a floor plan: a grid of 25,000 rooms. About 5 MB of JSON, where the function's own limit lies. */
export const maxWalls = 60_000;
const largestCoordinate = 1e9;

const point: JsonSchema = {
  type: JsonSchemaType.ARRAY,
  minItems: 2,
  maxItems: 2,
  items: { type: JsonSchemaType.NUMBER, minimum: -largestCoordinate, maximum: largestCoordinate },
};

export const createJobBody: JsonSchema = {
  schema: JsonSchemaVersion.DRAFT4,
  title: 'CreateJob',
  type: JsonSchemaType.OBJECT,
  required: ['walls'],
  properties: {
    walls: {
      type: JsonSchemaType.ARRAY,
      minItems: 1,
      maxItems: maxWalls,
      items: {
        type: JsonSchemaType.OBJECT,
        required: ['type', 'start', 'end'],
        properties: {
          type: { type: JsonSchemaType.STRING, enum: ['line'] },
          start: point,
          end: point,
          is_load_bearing: { type: JsonSchemaType.BOOLEAN },
        },
      },
    },
  },
};
