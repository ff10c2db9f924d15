"""Messages about the engine of a cluster."""

MESSAGES: dict[str, tuple[str, str]] = {
    "engine_absent": (
        "“{engine}” ইঞ্জিনের জন্য {missing} দরকার, তা এই যন্ত্রে নেই। “make spark” ও Java 17 স্থাপন করুন, অথবা duckdb ব্যবহার "
        "করুন: দুই ইঞ্জিনের ফল প্রতি বাইটে এক।",
        "The engine “{engine}” needs {missing}, which this machine has not. Run “make spark” and install Java 17, or "
        "use duckdb: the results of both are the same to the last byte.",
    ),
    "spark_expression": (
        "স্পার্কে “{what}” লেখা যায় না: এর অর্থ দুই ইঞ্জিনে এক কি না তা যাচাই করা হয়নি। duckdb ব্যবহার করুন এবং বিষয়টি জানান।",
        "“{what}” is not written for Spark: nobody has proved that it means the same on both engines. Use duckdb and "
        "report it.",
    ),
}
