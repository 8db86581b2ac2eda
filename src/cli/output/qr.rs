//! QR codes: for a terminal of any theme, as PNG and as SVG.

use std::fmt::Write as _;
use std::io;

use qrcode::render::svg;
use qrcode::{Color, EcLevel, QrCode};

use crate::cli::Failure;
use crate::cli::language::said;
use crate::world::Terminal;

/// Light modules around the code (ISO/IEC 18004: four).
const QUIET: usize = 4;
/// On a terminal, so that it fits into 24 lines: readers manage with two.
const QUIET_ON_TERMINAL: usize = 2;
/// Pixels of a module.
const SCALE: usize = 8;

/// A QR code, drawn.
pub(in crate::cli) struct Qr(QrCode);

impl Qr {
    /// The QR code that carries `text`.
    pub(in crate::cli) fn new(text: &str) -> io::Result<Self> {
        QrCode::with_error_correction_level(text, EcLevel::L)
            .map(Self)
            .map_err(io::Error::other)
    }

    /// Refuses a terminal that would show only a part of it: what scrolls off the other screen is gone. `more`
    /// lines stand below it.
    pub(in crate::cli) fn check_fit(
        &self,
        terminal: Terminal,
        more: usize,
        hint: &str,
    ) -> Result<(), Failure> {
        if !self.fits(terminal, more) {
            let (rows, columns) = self.room(more);
            let message = said!(
                "the QR code needs {rows} rows and {columns} columns, and this terminal has fewer",
                rows = rows,
                columns = columns
            );
            return Err(Failure::invalid(message, hint));
        }
        Ok(())
    }

    /// Whether a terminal has room for it, with `more` lines below.
    pub(in crate::cli) fn fits(&self, terminal: Terminal, more: usize) -> bool {
        let (rows, columns) = self.room(more);
        let has = |has: Option<u16>, needed| has.is_none_or(|has| usize::from(has) >= needed);
        has(terminal.height, rows) && has(terminal.width, columns)
    }

    /// The rows and columns that it needs.
    fn room(&self, more: usize) -> (usize, usize) {
        let width = self.width(QUIET_ON_TERMINAL);
        (width.div_ceil(2) + more, width)
    }

    fn width(&self, quiet: usize) -> usize {
        self.0.width() + 2 * quiet
    }

    fn is_dark(&self, x: usize, y: usize, quiet: usize) -> bool {
        let inside = |at: usize| at.checked_sub(quiet).filter(|at| *at < self.0.width());
        matches!((inside(x), inside(y)), (Some(x), Some(y)) if self.0[(x, y)] == Color::Dark)
    }

    /// Two rows of modules a line. With colours it's black on white whatever the theme; without, the
    /// text's colour is taken for light, as a dark theme has it.
    pub(in crate::cli) fn for_terminal(&self, color: bool) -> String {
        let mut text = String::new();
        let width = self.width(QUIET_ON_TERMINAL);
        let is_dark = |x, y| self.is_dark(x, y, QUIET_ON_TERMINAL);
        let shade = |dark: bool| if dark { 16 } else { 231 };
        for y in (0..width).step_by(2) {
            for x in 0..width {
                let (upper, lower) = (is_dark(x, y), is_dark(x, y + 1));
                // Writing to a string doesn't fail.
                let _ = if color {
                    write!(text, "\u{1b}[38;5;{};48;5;{}m▀", shade(upper), shade(lower))
                } else {
                    let block = match (upper, lower) {
                        (false, false) => '█',
                        (false, true) => '▀',
                        (true, false) => '▄',
                        (true, true) => ' ',
                    };
                    write!(text, "{block}")
                };
            }
            text.push_str(if color { "\u{1b}[0m\n" } else { "\n" });
        }
        text
    }

    /// As a PNG.
    pub(in crate::cli) fn to_png(&self) -> io::Result<Vec<u8>> {
        let side = self.width(QUIET) * SCALE;
        let pixels: Vec<u8> = (0..side * side)
            .map(|at| (at % side / SCALE, at / side / SCALE))
            .map(|(x, y)| if self.is_dark(x, y, QUIET) { 0 } else { 255 })
            .collect();
        let mut file = Vec::new();
        let side = u32::try_from(side).map_err(io::Error::other)?;
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(&pixels).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)?;
        Ok(file)
    }

    /// As an SVG.
    pub(in crate::cli) fn to_svg(&self) -> String {
        self.0
            .render::<svg::Color<'_>>()
            .quiet_zone(true)
            .module_dimensions(8, 8)
            .build()
    }
}
