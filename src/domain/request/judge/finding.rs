//! What a check found, and the best verdict that it still allows.

use crate::domain::request::check_detail::Detail;
use crate::domain::request::verdict::{CheckResult, Verdict};

pub(super) struct Finding {
    pub(super) result: CheckResult,
    pub(super) detail: Detail,
    pub(super) allows: Verdict,
}

fn finding(result: CheckResult, detail: impl Into<Detail>, allows: Verdict) -> Finding {
    Finding {
        result,
        detail: detail.into(),
        allows,
    }
}

/// It holds.
pub(super) fn pass(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::Pass, detail, Verdict::Verified)
}

/// It doesn't apply here.
pub(super) fn moot(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::None, detail, Verdict::Verified)
}

/// It couldn't be decided: a challenge decides.
pub(super) fn open(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::None, detail, Verdict::Challenge)
}

/// It doesn't hold, and others carry on without what it's about.
pub(super) fn left_out(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::Fail, detail, Verdict::Verified)
}

/// It doesn't hold: a challenge decides.
pub(super) fn doubt(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::Fail, detail, Verdict::Challenge)
}

/// It doesn't hold: the mail isn't taken.
pub(super) fn reject(detail: impl Into<Detail>) -> Finding {
    finding(CheckResult::Fail, detail, Verdict::Rejected)
}
