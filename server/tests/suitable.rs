//! What a model's move must not have, and that nothing else is refused for it.

#![cfg(test)]

use game::{Opening, Transcript};
use guesser::Guesser;
use server::relay::{
    checks::{Objection, check},
    personal,
    proposal::{Kind, Proposal},
    suitable::is_suitable,
    tidy::tidy,
};

/// What the check says of a proposal in a new game.
fn objection(kind: Kind, text: &str, guesser: &Guesser) -> Option<Objection> {
    let text = text.to_owned();
    let game = Transcript::new(Opening(0));
    check(&Proposal { kind, text }, &game, guesser.knowledge()).err()
}

/// The mildest words that make the point.
const UNSUITABLE: [&str; 42] = [
    "Is it a s h i t?",
    "Is it s_h_i_t?",
    "Is it a damn dog?",
    "Is it a piece of crap?",
    "Is it crappy?",
    "Is it full of shit?",
    "Is it SHIT?",
    "Is it sh1t?",
    "Is it s h i t?",
    "Is it s.h.i.t?",
    "Is it s-h-i-t?",
    "Is it shiiiiit?",
    "Is it sh!t?",
    "Is it $hit?",
    "Is it sh*t?",
    "Is it s**t?",
    "Is it S*H*I*T?",
    "Is it F*C*K?",
    "Is it sexually explicit?",
    "Is it used by wankers?",
    "Is it shít?",
    "Is it s\u{200b}hit?",
    "Is it bullshit?",
    "Is it a b1tch?",
    "Is it used by bastards?",
    "Does it make you pissed?",
    "Would an asshole like it?",
    "Is it sexy?",
    "Is it s3xy?",
    "Is it S E X Y?",
    "Is it used for sex?",
    "Is it a sex toy?",
    "Is it an erotic film?",
    "Is it p0rn?",
    "Is it pornographic?",
    "Do you see nude people in it?",
    "Are there boobs on it?",
    "Is it a prostitute?",
    "Is it a retard?",
    "Is it used to kill yourself?",
    "Does it help with suicide?",
    "Is it heroin?",
];

const CONTACTS: [&str; 19] = [
    "Is it on www.example.com?",
    "Is it https://example.org/x?",
    "Is it example.com?",
    "Is it sold at shop.example.de?",
    "Is it on example.co.uk?",
    "Is it called Example.io?",
    "Is it example dot com?",
    "Is it EXAMPLE DOT COM?",
    "Is it on example dot org?",
    "Is it someone@example.com?",
    "Is it someone@example?",
    "Is it @someone?",
    "Is it found by calling 555-0100-200?",
    "Is it +1 555 010 0200?",
    "Is it (555) 010-0200?",
    "Is it 0555/0100200?",
    "Is it 05550100201?",
    "Is it +15550100201?",
    "Is it 555 01 00201?",
];

const ABOUT_PLAYER: [&str; 36] = [
    "Do you live in Berlin?",
    "Do you live alone?",
    "Do you work in an office?",
    "Do you go to school?",
    "Do you have a brother?",
    "Do you have a job?",
    "Do you smoke?",
    "Do you usually work from home?",
    "Do you like your school?",
    "Do you speak German?",
    "Is your name Anna?",
    "Is your first name Anna?",
    "Is your phone number short?",
    "Is your mother a teacher?",
    "Is it your birthday?",
    "Is it your real name?",
    "Are you older than 18?",
    "Are you a boy?",
    "Are you married?",
    "Are you at home?",
    "Are you Anna?",
    "Were you born in Germany?",
    "Have you ever been to Paris?",
    "Did you vote?",
    "Can you tell me your name?",
    "Can you tell me where you live?",
    "Could you give me your address?",
    "Would you send me a picture?",
    "May I have your number?",
    "Can I ask how old you are?",
    "Can I call you?",
    "Do you have a phone number?",
    "Do you live with your parents?",
    "Is your school in Berlin?",
    "Are you going to school?",
    "Do you own a house?",
];

/// Questions about the thing that mention the player, names with dots, and large numbers.
const FINE: [&str; 100] = [
    "Is it John Lee Hooker?",
    "Is it Al Gore?",
    "Is it a paint stripper?",
    "Does it prick you?",
    "Is it a blue-footed booby?",
    "Is it craps?",
    "Is it a shitake mushroom?",
    "Is it from Pakistan?",
    "Is it fire-retardant?",
    "Is it a B A S I C program?",
    "Is it bigger than you?",
    "Is it older than you?",
    "Do you own one?",
    "Do you have one at home?",
    "Can you hold it in your hand?",
    "Do you use it every day?",
    "Do you live in it?",
    "Do you wear it?",
    "Do you eat it with a spoon?",
    "Do you need electricity to use it?",
    "Do you need a licence to drive one?",
    "Do you need a ticket?",
    "Do you see it in your home?",
    "Would you give it to your mother?",
    "Would you find it in your street?",
    "Would you recognise this person?",
    "Is it something your parents own?",
    "Is your thing alive?",
    "Is your animal big?",
    "Is it part of your body?",
    "Is it found on your head?",
    "Does it have your name on it?",
    "Does it show your age?",
    "Is it known by your first name?",
    "Are you thinking of something alive?",
    "Are you likely to find it at home?",
    "Are you born with it?",
    "Have you used it today?",
    "Did you see it this morning?",
    "Can you swim in it?",
    "Can I hold it?",
    "Could you carry it?",
    "May I touch it?",
    "Do people live there?",
    "Is it older than 100 years?",
    "Does it have more than 10 000 000 parts?",
    "Do more than 10,000,000 people live there?",
    "Do more than 3000000 people live there?",
    "Does it cost more than 1000000000 dollars?",
    "Was it popular in 1900-1950?",
    "Is it 2.5 metres long?",
    "Is it from the U.S.?",
    "Is it Dr. No?",
    "Is it used at 3.30 p.m.?",
    "Is it a dot matrix printer?",
    "Is it on a map.",
    "Is it made of glass?",
    "Do you push it?",
    "Is it a grass?",
    "Is it a classic?",
    "Is it a cocktail?",
    "Is it a cockerel?",
    "Is it a blue tit?",
    "Is it Moby Dick?",
    "Is it from Scunthorpe?",
    "Is it rapeseed?",
    "Is it used in analysis?",
    "Is it a hell hound?",
    "Is it from Sussex or Essex?",
    "Is **it** a *therapist*?",
    "Was this person beheaded?",
    "Did they behead him?",
    "Was she beheaded by her husband?",
    "Does it reproduce sexually?",
    "Is it a kind of sexual reproduction?",
    "Do both sexes wear it?",
    "Is it Suicide Squad?",
    "Is it the Sex Pistols?",
    "Does it have a Wankel engine?",
    "Is it a Wankel engine?",
    "Is it M*A*S*H?",
    "Is it S*P*Y*S?",
    "Is it the series M*A*S*H or a film?",
    "Was this person born on 20/07/1969?",
    "Did it happen on 9/11/2001?",
    "Was it before 1969-07-20?",
    "Did it happen between 01.09.1939 and 02.09.1945?",
    "Was it 01/09/1939 - 02/09/1945?",
    "Is it the number 299792458?",
    "Is it equal to 3.14159265?",
    "Is it 602214076?",
    "Does it have a dot at the end?",
    "Is there a dot me and you can see?",
    "Is it the dot-com bubble?",
    "Is your country in Europe?",
    "Is your celebrity American?",
    "Is your character from a film?",
    "Can you tell the time with it?",
    "Can you tell the time by looking at the sky?",
    "Would you have to pay to get in?",
];

/// Questions about sports, food, places, people and tools, in which "you" is anybody.
const ORDINARY: [&str; 66] = [
    "Do you play with a ball?",
    "Do you wear a helmet?",
    "Do you play in a team?",
    "Do you work as a team?",
    "Do you need a partner to play?",
    "Do you have a partner when you dance?",
    "Do you score goals?",
    "Do you hit a ball with a bat?",
    "Do you swim in a pool?",
    "Do you have to run fast?",
    "Do you earn points?",
    "Do you rent shoes to play?",
    "Do you wear special shoes?",
    "Are you allowed to use your hands?",
    "Are you barefoot when you play?",
    "Do you use your feet?",
    "Do you throw something?",
    "Do you play indoors?",
    "Do you watch with friends?",
    "Are you likely to get hurt?",
    "Do you eat the peel?",
    "Are you supposed to eat the seeds?",
    "Do you eat with your hands?",
    "Do you drink from a glass?",
    "Do you drink with a straw?",
    "Do you have to cook first?",
    "Do you peel before eating?",
    "Do you eat for breakfast?",
    "Would you like a sweet taste?",
    "Do you have milk with breakfast?",
    "Would you eat on a birthday?",
    "Do you add sugar?",
    "Do you bake in an oven?",
    "Would you serve with rice?",
    "Do you smoke with a pipe?",
    "Do you go by train?",
    "Do you go on holiday?",
    "Would you go to the beach?",
    "Do you go to a doctor?",
    "Do you need a passport?",
    "Do you have to buy a ticket?",
    "Do you sleep in a bed?",
    "Do you have to be quiet?",
    "Are you able to see the sea?",
    "Are you required to pay?",
    "Do you enter through a gate?",
    "Would you wear warm clothes?",
    "Do you watch on a screen?",
    "Do you know many songs by this singer?",
    "Would you recognise the voice?",
    "Do you learn about this person at school?",
    "Do you listen on the radio?",
    "Is your person a singer?",
    "Is your actor still alive?",
    "Do you drive a car?",
    "Do you hold with two hands?",
    "Do you need a phone?",
    "Do you plug in a cord?",
    "Do you work with wood?",
    "Do you work in the garden?",
    "Do you have a battery inside?",
    "Do you press a button?",
    "Do you speak into a microphone?",
    "Are you sitting when you use this?",
    "Do you turn a key?",
    "Do you have to type a password?",
];

#[test]
fn unsuitable_moves_are_refused() {
    let guesser = Guesser::embedded();
    for (texts, expected) in [
        (&UNSUITABLE[..], Objection::Unsuitable),
        (&CONTACTS, Objection::Contact),
        (&ABOUT_PLAYER, Objection::AboutPlayer),
    ] {
        let wrong: Vec<_> = texts
            .iter()
            .map(|text| (text, objection(Kind::Question, text, &guesser)))
            .filter(|(_, objection)| objection.as_ref() != Some(&expected))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    for name in [
        "a damn dog",
        "a $ex toy",
        "www.example.com",
        "s.h.i.t",
        "Sh*t",
    ] {
        assert!(objection(Kind::Guess, name, &guesser).is_some(), "{name}");
    }
}

/// Which of the three rules refuses a text, if one does.
fn refused(text: &str) -> Option<&'static str> {
    let text = tidy(text);
    let rules = [
        ("unsuitable", !is_suitable(&text)),
        ("contact", personal::has_contact(&text)),
        ("about the player", personal::asks_about_player(&text)),
    ];
    rules
        .into_iter()
        .find_map(|(rule, refuses)| refuses.then_some(rule))
}

#[test]
fn nothing_else_is_refused() {
    let guesser = Guesser::embedded();
    let knowledge = guesser.knowledge();
    let names = knowledge
        .things()
        .map(|thing| knowledge.name(thing).to_string());
    let questions = knowledge
        .questions()
        .map(|question| knowledge.question(question).to_string());
    let wordings = include_str!("../src/relay/wordings.txt");
    let paraphrases = include_str!("data/paraphrases.txt");
    let labelled = include_str!("data/likeness.txt");
    let lines = [wordings, paraphrases, labelled]
        .into_iter()
        .flat_map(str::lines);
    let lines = lines.filter(|line| !(line.is_empty() || line.starts_with(['#', '-'])));
    let written = lines.flat_map(|line| line.trim_start_matches(['=', '!', '+']).split('|'));
    let texts: Vec<String> = FINE
        .into_iter()
        .chain(ORDINARY)
        .chain(written)
        .map(str::to_owned)
        .chain(names)
        .chain(questions)
        .chain(aliases())
        .collect();
    assert!(texts.len() > 10_000, "only {}", texts.len());
    let wrong: Vec<_> = texts
        .iter()
        .filter_map(|text| Some((text, refused(text)?)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// All names and former wordings in the text of the knowledge.
fn aliases() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../knowledge/text");
    let mut texts = Vec::new();
    for folder in ["things", "questions"] {
        for file in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let lines = text
                .lines()
                .filter(|line| !line.starts_with(['#', ' ', '[']));
            for line in lines.filter_map(|line| line.split("  ").next()) {
                // A question begins with its id.
                let known = line.split_once(": ").map_or(line, |(_, known)| known);
                texts.extend(known.split(" | ").map(str::to_owned));
            }
        }
    }
    texts
}
