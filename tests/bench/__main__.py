"""Run all benchmarks: `make bench`."""

from tests.bench import bench_deadline, bench_documents, bench_listing, bench_matching

SMALL = ["s_120x40", "s_mixed", "m_1000x300"]


def main() -> None:
    """Print every benchmark's figures, one after the other."""
    print("Documents: CPU of one page of ours against the same words drawn on a bare canvas")
    bench_documents.main()
    print("\nSaves and submits before a deadline, against an empty page of the same server")
    bench_deadline.main()
    print("\nA list of 20,000 applications against one of 200")
    bench_listing.main()
    print("\nAssignment of reviewers: total against the proved optimum")
    bench_matching.main(SMALL)


if __name__ == "__main__":
    main()
