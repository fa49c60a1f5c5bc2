"""Batch: many editions, made by processes of this machine or by the workers of a Dask cluster."""
