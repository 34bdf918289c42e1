/**
 * The public entry point for who writes a provider; see README.md. It loads everything: a program that has to start
 * fast imports `serve` from `plugin/serve`, and the rest behind an `import()`.
 */
export type { Action } from './action';
export type { Diagnostic, Path, PathStep } from './diagnostic';
export type { ProviderFunction } from './function';
export type { ListedObject, ListRequest, ResourceList } from './list';
export { log, type Level, type Log, type LogFields } from './logger';
export { serve, type ServeOptions } from './plugin/serve';
export type * from './provider';
export type { ResourceIdentity } from './resource-identity';
export { createDispatcher } from './rpc/dispatch';
export type { Dispatch } from './rpc/handlers';
export type { Attribute, Block, NestedBlock, NestedType, Nesting, Schema, Type } from './schema';
export { Decimal, Dynamic, Unknown, unknown, type ObjectValue, type Value } from './value';
