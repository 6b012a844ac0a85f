import type { RequestModel } from '../fit/registry.ts';
import { expressionModel } from './nonlinear/expression-model.ts';

export { expressionModel };

/** The models that are not linear and those of sensors. To add one: one line here. */
export const sensorModels: readonly RequestModel[] = [expressionModel];
