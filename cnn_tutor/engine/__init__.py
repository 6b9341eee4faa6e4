"""What a network computes, and why: NumPy only, readable in one sitting.

To import any of it limits NumPy's matrix library to one thread, for the whole process. Its threads
wait for each other busily: on two cores the largest convolution takes twice as long with two of
them, seven times as long while other programs run, and now and then seconds. More threads made no
layer faster by more than a few milliseconds (``python -m tests.benchmarks.busy``).
"""

import numpy  # noqa: F401  # a library that isn't loaded yet can't be limited
from threadpoolctl import threadpool_limits

threadpool_limits(limits=1, user_api="blas")
