"""The same determination on Apache Spark, for a registry that outgrows one machine (see docs/spark.md).

Imported only where bulk.engine has chosen Spark: nothing else in Shohay needs pyspark or Java.
"""
